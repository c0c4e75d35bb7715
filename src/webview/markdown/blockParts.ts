import type { DrawnBlock } from "./drawnBlock";
import { patchNodes } from "./patchNodes";

/** Blocks that stand in one part. */
const blocksPerPart = 32;

/**
 * The top-level blocks of a document on the page, in parts of a fixed number.
 *
 * A browser visits all children of an element to lay out one more, and lays out what is out of sight unless it
 * may skip it: so a part is an element of its own, which the style sheet lets it skip. Which blocks a part
 * holds depends on their numbers alone, never on how they came.
 */
export class BlockParts {
	readonly #host: HTMLElement;

	/** @param host empty; its content belongs to the parts from now on. */
	constructor(host: HTMLElement) {
		this.#host = host;
	}

	/**
	 * Makes the page show `wanted` after `kept`, and nothing more.
	 *
	 * @param kept all blocks that come before and are not touched.
	 * @returns the nodes that now stand for each of `wanted`, in order.
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

	/** Puts the nodes of the block that comes after `kept`, and is not there yet, in their place. */
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
