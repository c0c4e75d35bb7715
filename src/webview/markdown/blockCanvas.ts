import type { Block } from "./block";
import { type BlockHtml, blockHtml } from "./blockHtml";
import { setCode } from "./codeBlock";
import { drawBlock, type DrawnBlock, drawHtml, growingPart, isSameHtml } from "./drawnBlock";
import { readSelection } from "./keepSelection";
import { patchNodes } from "./patchNodes";

/** Where the further parts of a block that was cut go: after `after`, the last that is closed, in `part`. */
interface OpenPart {
	readonly part: Element;
	readonly after: ChildNode | null;
}

/**
 * Keeps the children of an element equal to a list of blocks of which only the last ones still change.
 *
 * Invariant: nodes of closed blocks are not touched by `show`.
 */
export class BlockCanvas {
	readonly #host: HTMLElement;
	readonly #onFinished: (node: Element) => void;
	readonly #closed: DrawnBlock[] = [];
	#lastClosedNode: ChildNode | null = null;
	#openPart: OpenPart | undefined;

	/** @param onFinished told of each element of a block that will not change any more. */
	constructor(host: HTMLElement, onFinished: (node: Element) => void) {
		this.#host = host;
		this.#onFinished = onFinished;
	}

	/** Adds `closed` for good, and after them `open` until the next call. */
	show(closed: readonly Block[], open: readonly Block[]): void {
		const blocks = [...closed, ...open];
		const found = blocks.findIndex((block) => !block.continues);
		const firstOfHost = found < 0 ? blocks.length : found;
		const closedInPart = Math.min(closed.length, firstOfHost);
		this.#fillPart(blocks.slice(0, firstOfHost), closedInPart);
		const others = blocks.slice(firstOfHost);
		const own = others.filter((block) => !block.continues);
		// Also without a block: what was open may have become a link definition, which shows nothing.
		this.#fillHost(own, closed.length - closedInPart);
		// A block that was cut just now is continued by the first open one.
		this.#fillPart(others.slice(own.length), 0);
	}

	/** Makes the page show `blocks`, the whole document; what is as it should be is not touched. */
	settle(blocks: readonly Block[]): void {
		this.#openPart = undefined;
		this.#lastClosedNode = null;
		for (const [index, drawn] of this.#closed.splice(0).entries()) {
			const block = blocks[index];
			const html = block && blockHtml(block.tokens);
			if (html && isSameHtml(html, drawn.html)) {
				this.#remember(drawn);
			} else {
				this.#replace(drawn, html ? drawHtml(html) : undefined);
			}
		}
		this.show(blocks.slice(this.#closed.length), []);
	}

	/** @param closedCount how many of `blocks` are closed. */
	#fillHost(blocks: readonly Block[], closedCount: number): void {
		const drawn = blocks.map(drawBlock);
		const wanted = drawn.flatMap(({ nodes }) => nodes);
		const placed = patchNodes(this.#host, this.#lastClosedNode, wanted);
		for (const [index, { html, nodes }] of drawn.slice(0, closedCount).entries()) {
			const block = { html, nodes: placed.splice(0, nodes.length) };
			this.#remember(block);
			if (blocks[index]?.unfinished === true) {
				const part = growingPart(block);
				this.#openPart = part && { part, after: part.lastChild };
			} else {
				this.#finish(block.nodes);
			}
		}
	}

	#fillPart(blocks: readonly Block[], closedCount: number): void {
		const open = this.#openPart;
		if (!open || blocks.length === 0) {
			return;
		}
		const drawn = blocks.map(drawBlock);
		const pieces = drawn.map((block) => [...(growingPart(block)?.childNodes ?? [])]);
		const placed = patchNodes(open.part, open.after, pieces.flat());
		for (const [index, { html }] of drawn.slice(0, closedCount).entries()) {
			this.#extendLast(html);
			const nodes = placed.splice(0, pieces[index]?.length);
			if (blocks[index]?.unfinished === true) {
				this.#openPart = { part: open.part, after: nodes.at(-1) ?? open.after };
			} else {
				this.#openPart = undefined;
				joinCode(open.part);
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
		const before = this.#lastClosedNode ? this.#lastClosedNode.nextSibling : this.#host.firstChild;
		const restoring = old.nodes.map((node) =>
			node instanceof Element ? readSelection(node) : undefined,
		);
		for (const node of fresh?.nodes ?? []) {
			this.#host.insertBefore(node, before);
		}
		for (const node of old.nodes) {
			node.remove();
		}
		for (const [index, restoreSelection] of restoring.entries()) {
			const successor = fresh?.nodes[index];
			if (successor instanceof Element) {
				restoreSelection?.(successor);
			}
		}
		if (fresh) {
			this.#remember(fresh);
			this.#finish(fresh.nodes);
		}
	}

	#remember(block: DrawnBlock): void {
		this.#closed.push(block);
		this.#lastClosedNode = block.nodes.at(-1) ?? this.#lastClosedNode;
	}

	#finish(nodes: readonly ChildNode[]): void {
		for (const node of nodes) {
			if (node instanceof Element) {
				this.#onFinished(node);
			}
		}
	}
}

function joinCode(part: Element): void {
	const block = part.closest(".md-code");
	if (block) {
		setCode(block, part.textContent);
	}
}
