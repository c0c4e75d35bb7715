import type { DrawnBlock } from "./drawnBlock";
import { placeRows, rowsOf } from "./longTable";
import { patchNodes } from "./patchNodes";

/**
 * A list, a table, or code on the page that was cut, and that grows by the items, rows, or chunks of further pieces.
 */
export interface GrowingBlock {
	/**
	 * Continues the block with `pieces` after everything that is closed.
	 *
	 * @param closedCount the number of pieces that are closed now
	 */
	show(pieces: readonly DrawnBlock[], closedCount: number): void;
}

/** Returns the part by which `block`, which is closed, grows; `undefined` if blocks of its kind are never cut. */
export function growingBlock(block: DrawnBlock): GrowingBlock | undefined {
	const table = tableIn(block);
	if (table) {
		return new GrowingTable(table);
	}
	const element = elementIn(block);
	return element && new GrowingElement(element);
}

class GrowingElement implements GrowingBlock {
	readonly #element: Element;
	#after: ChildNode | null;

	constructor(element: Element) {
		this.#element = element;
		this.#after = element.lastChild;
	}

	show(pieces: readonly DrawnBlock[], closedCount: number): void {
		const nodes = pieces.map((piece) => [...(elementIn(piece)?.childNodes ?? [])]);
		const placed = patchNodes(this.#element, this.#after, nodes.flat());
		const closedNodes = nodes.slice(0, closedCount).flat().length;
		this.#after = placed[closedNodes - 1] ?? this.#after;
	}
}

class GrowingTable implements GrowingBlock {
	readonly #table: HTMLTableElement;
	#closedRows: number;

	constructor(table: HTMLTableElement) {
		this.#table = table;
		this.#closedRows = rowsOf(table).length;
	}

	show(pieces: readonly DrawnBlock[], closedCount: number): void {
		const rows = pieces.map((piece) => {
			const table = tableIn(piece);
			return table ? rowsOf(table) : [];
		});
		placeRows(this.#table, this.#closedRows, rows.flat());
		this.#closedRows += rows.slice(0, closedCount).flat().length;
	}
}

function tableIn({ nodes: [first] }: DrawnBlock): HTMLTableElement | undefined {
	return first instanceof Element
		? (first.querySelector<HTMLTableElement>(":scope > table") ?? undefined)
		: undefined;
}

/** Returns the element whose children are the items of a list or the chunks of code. */
function elementIn({ nodes: [first] }: DrawnBlock): Element | undefined {
	if (!(first instanceof Element)) {
		return undefined;
	}
	return first.matches("ul, ol") ? first : (first.querySelector(":scope > pre") ?? undefined);
}
