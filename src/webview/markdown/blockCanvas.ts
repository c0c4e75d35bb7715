import type { Block } from "./block";
import { type BlockHtml, blockHtml } from "./blockHtml";
import { BlockParts } from "./blockParts";
import { drawBlock, type DrawnBlock, drawHtml, isSameHtml } from "./drawnBlock";
import { type GrowingBlock, growingBlock } from "./growingBlock";
import { readSelection } from "./keepSelection";

/**
 * Keeps the children of an element equal to a list of blocks of which only the last can change.
 *
 * Invariant: `show` does not touch the nodes of closed blocks.
 */
export class BlockCanvas {
	readonly #parts: BlockParts;
	readonly #onFinished: (node: Element) => void;
	readonly #closed: DrawnBlock[] = [];
	#growing: GrowingBlock | undefined;

	/** @param onFinished called with each element of a block that will not change again */
	constructor(host: HTMLElement, onFinished: (node: Element) => void) {
		this.#parts = new BlockParts(host);
		this.#onFinished = onFinished;
	}

	/** Adds `closed` permanently, and after them `open` until the next call. */
	show(closed: readonly Block[], open: readonly Block[]): void {
		const blocks = [...closed, ...open];
		const found = blocks.findIndex((block) => !block.continues);
		const firstOfHost = found < 0 ? blocks.length : found;
		const closedInGrowing = Math.min(closed.length, firstOfHost);
		this.#fillGrowing(blocks.slice(0, firstOfHost), closedInGrowing);
		const others = blocks.slice(firstOfHost);
		const own = others.filter((block) => !block.continues);
		// Also without blocks: an open block may have become a link definition, which shows nothing.
		this.#fillHost(own, closed.length - closedInGrowing);
		// The first open block continues a block that was just cut.
		this.#fillGrowing(others.slice(own.length), 0);
	}

	/** Shows `blocks`, the whole document, without touching what is already correct. */
	settle(blocks: readonly Block[]): void {
		this.#growing = undefined;
		for (const [index, drawn] of this.#closed.splice(0).entries()) {
			const block = blocks[index];
			const html = block && blockHtml(block.tokens);
			if (html && isSameHtml(html, drawn.html)) {
				this.#closed.push(drawn);
			} else {
				this.#replace(drawn, html ? drawHtml(html) : undefined);
			}
		}
		this.show(blocks.slice(this.#closed.length), []);
	}

	/** @param closedCount the number of closed blocks in `blocks` */
	#fillHost(blocks: readonly Block[], closedCount: number): void {
		const drawn = blocks.map(drawBlock);
		const placed = this.#parts.show(this.#closed, drawn);
		for (const [index, { html }] of drawn.slice(0, closedCount).entries()) {
			const block = { html, nodes: placed[index] ?? [] };
			this.#closed.push(block);
			if (blocks[index]?.unfinished === true) {
				this.#growing = growingBlock(block);
			} else {
				this.#finish(block.nodes);
			}
		}
	}

	#fillGrowing(blocks: readonly Block[], closedCount: number): void {
		if (!this.#growing || blocks.length === 0) {
			return;
		}
		const drawn = blocks.map(drawBlock);
		this.#growing.show(drawn, closedCount);
		for (const [index, { html }] of drawn.slice(0, closedCount).entries()) {
			this.#extendLast(html);
			if (blocks[index]?.unfinished !== true) {
				this.#growing = undefined;
				this.#finish(this.#closed.at(-1)?.nodes ?? []);
			}
		}
	}

	#extendLast({ body }: BlockHtml): void {
		const last = this.#closed.pop();
		if (last) {
			const html = { ...last.html, body: last.html.body + body };
			this.#closed.push({ html, nodes: last.nodes });
		}
	}

	#replace(old: DrawnBlock, fresh: DrawnBlock | undefined): void {
		const restoring = old.nodes.map((node) =>
			node instanceof Element ? readSelection(node) : undefined,
		);
		for (const node of old.nodes) {
			node.remove();
		}
		if (!fresh) {
			return;
		}
		this.#parts.insert(this.#closed, fresh.nodes);
		for (const [index, node] of fresh.nodes.entries()) {
			if (node instanceof Element) {
				restoring[index]?.(node);
			}
		}
		this.#closed.push(fresh);
		this.#finish(fresh.nodes);
	}

	#finish(nodes: readonly ChildNode[]): void {
		for (const node of nodes) {
			if (node instanceof Element) {
				this.#onFinished(node);
			}
		}
	}
}
