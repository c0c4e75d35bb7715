import { patchNodes } from "./patchNodes";

/** The number of rows in one `<tbody>`; a table with more rows is a long one. */
const rowsPerSection = 50;
/** Where the longest cell of a column is stored, which decides its share of a long table's width, in characters. */
const narrowestColumn = 4;
const widestColumn = 40;
/**
 * A column is at least as wide as its longest cell, up to this many characters. A table without room for that scrolls.
 */
const unbrokenCharacters = 12;

/**
 * Adds rows to a rendered table, in sections of a fixed number of rows.
 *
 * A browser lays out and paints all rows of a table for one more. A long table is therefore drawn row by row. Its first
 * section decides the widths of the columns, and sections out of sight are skipped: see `.md-long-table` in the style
 * sheet.
 *
 * @param keptRows the number of rows that stay unchanged
 * @param rows the rows after them, and nothing more
 */
export function placeRows(
	table: HTMLTableElement,
	keptRows: number,
	rows: readonly ChildNode[],
): void {
	const sections = Math.max(1, Math.ceil((keptRows + rows.length) / rowsPerSection));
	for (let number = Math.floor(keptRows / rowsPerSection); number < sections; number += 1) {
		const section = table.tBodies[number] ?? table.createTBody();
		const start = number * rowsPerSection;
		const lastKept = section.rows[keptRows - start - 1] ?? null;
		const from = Math.max(start - keptRows, 0);
		patchNodes(section, lastKept, rows.slice(from, start + rowsPerSection - keptRows));
	}
	for (const section of [...table.tBodies].slice(sections)) {
		section.remove();
	}
	if (sections > 1 && !table.matches(".md-long-table")) {
		table.classList.add("md-long-table");
		const lengths = columnLengths(table);
		table.style.setProperty("--md-columns", lengths.map(columnOf).join(" "));
		table.style.setProperty("--md-width", `calc(${lengths.map(leastWidth).join(" + ")})`);
	}
}

/** Returns the rows of all sections, in order. */
export function rowsOf(table: HTMLTableElement): readonly HTMLTableRowElement[] {
	return [...table.tBodies].flatMap((section) => [...section.rows]);
}

/** Returns the length of the longest cell of each column, in the header and the first section. */
function columnLengths(table: HTMLTableElement): readonly number[] {
	const rows = [table.tHead?.rows[0], ...(table.tBodies[0]?.rows ?? [])];
	return [...(rows[0]?.cells ?? [])].map((_cell, column) => {
		const lengths = rows.map((row) => row?.cells[column]?.textContent.length ?? 0);
		return Math.min(Math.max(narrowestColumn, ...lengths), widestColumn);
	});
}

function columnOf(length: number): string {
	return `minmax(calc(${leastWidth(length)}), ${length}fr)`;
}

/** Two em are for the padding of the cell and of code in it. */
function leastWidth(length: number): string {
	return `${Math.min(length, unbrokenCharacters)}ch + 2em`;
}
