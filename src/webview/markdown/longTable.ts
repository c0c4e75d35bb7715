import { patchNodes } from "./patchNodes";

/** Rows of one `<tbody>`; a table with more rows than that is a long one. */
const rowsPerSection = 50;
/** What a column's share of a long table's width is decided by, in characters of its longest cell. */
const narrowestColumn = 4;
const widestColumn = 40;
/** No column is narrower than its longest cell, up to so many characters; a table that has no room for that scrolls. */
const unbrokenCharacters = 12;

/**
 * Puts rows into a table that Markdown made, in sections of a fixed number.
 *
 * A browser lays out and paints all rows of a table for one row more. A long table is therefore drawn row by row, in
 * columns whose shares of the width its first section decides, and its sections are skipped while they are out of
 * sight: see `.md-long-table` in the style sheet.
 *
 * @param keptRows how many of the table's rows stay as they are.
 * @param rows what comes after them, and nothing more.
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

/** @returns the rows of all sections, in order. */
export function rowsOf(table: HTMLTableElement): readonly HTMLTableRowElement[] {
	return [...table.tBodies].flatMap((section) => [...section.rows]);
}

/** @returns how many characters the longest cell of each column has, in the header and the first section. */
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

/** Two em are for the cell's own space, and that of code in it. */
function leastWidth(length: number): string {
	return `${Math.min(length, unbrokenCharacters)}ch + 2em`;
}
