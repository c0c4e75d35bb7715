import type { Block } from "./block";
import { type BlockHtml, blockHtml } from "./blockHtml";
import { renderBlock } from "./renderBlock";

/** A block that is on the page, or about to be. */
export interface DrawnBlock {
	readonly html: BlockHtml;
	readonly nodes: readonly ChildNode[];
}

/** Returns the block with nodes that are not on a page yet. */
export function drawBlock(block: Block): DrawnBlock {
	return drawHtml(blockHtml(block.tokens));
}

export function drawHtml(html: BlockHtml): DrawnBlock {
	return { html, nodes: [...renderBlock(html.start + html.body + html.end).childNodes] };
}

export function isSameHtml(a: BlockHtml, b: BlockHtml): boolean {
	return a.body === b.body && a.start === b.start && a.end === b.end;
}
