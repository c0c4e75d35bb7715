import type { DrawnBlock } from "./drawnBlock";
import { patchNodes } from "./patchNodes";

/** The number of blocks in one part. */
const blocksPerPart = 32;

/**
 * The top-level blocks of a document on the page, in parts of a fixed number.
 *
 * To lay out one more child, a browser visits all children of an element, and it lays out what is out of sight unless
 * it may skip it. So each part is an element that the style sheet lets the browser skip. The blocks of a part depend
 * only on their numbers, never on how they arrived.
 */
export class BlockParts {
	readonly #host: HTMLElement;

	/** @param host an empty element whose content the parts own */
	constructor(host: HTMLElement) {
		this.#host = host;
	}

	/**
	 * Shows `wanted` after `kept`, and nothing more.
	 *
	 * @param kept the blocks before, which are not touched
	 * @returns the nodes that now show each of `wanted`, in order
	 */
	show(
		kept: readonly DrawnBlock[],
		wanted: readonly DrawnBlock[],
	): readonly (readonly ChildNode[])[] {
		const parts = Math.ceil((kept.length + wanted.length) / blocksPerPart);
		const placed: (readonly ChildNode[])[] = [];
		for (let part = Math.floor(kept.length / blocksPerPart); part < parts; part += 1) {
			const start = part * blocksPerPart;
			const before = kept.slice(start);
			const from = Math.max(start - kept.length, 0);
			const blocks = wanted.slice(from, start + blocksPerPart - kept.length);
			const nodes = patchNodes(
				this.#part(part),
				lastNode(before),
				blocks.flatMap((block) => block.nodes),
			);
			placed.push(...blocks.map((block) => nodes.splice(0, block.nodes.length)));
		}
		while (this.#host.children.length > parts) {
			this.#host.lastElementChild?.remove();
		}
		return placed;
	}

	/** Inserts the nodes of the new block after `kept`. */
	insert(kept: readonly DrawnBlock[], nodes: readonly ChildNode[]): void {
		const number = Math.floor(kept.length / blocksPerPart);
		const part = this.#part(number);
		const last = lastNode(kept.slice(number * blocksPerPart));
		const next = last ? last.nextSibling : part.firstChild;
		for (const node of nodes) {
			part.insertBefore(node, next);
		}
	}

	#part(number: number): Element {
		const existing = this.#host.children[number];
		if (existing) {
			return existing;
		}
		const part = document.createElement("div");
		part.className = "md-part";
		this.#host.append(part);
		return part;
	}
}

function lastNode(blocks: readonly DrawnBlock[]): ChildNode | null {
	return blocks.findLast(({ nodes }) => nodes.length > 0)?.nodes.at(-1) ?? null;
}
