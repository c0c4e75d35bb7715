import { patchNodes } from "./patchNodes";

/** Rows of one `<tbody>`; a table with more rows than that is a long one. */
const rowsPerSection = 50;
/** What a column's share of a long table's width is decided by, in characters of its longest cell. */
const narrowestColumn = 4;
const widestColumn = 40;

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
		table.style.setProperty("--md-columns", columnsOf(table));
	}
}

/** @returns the rows of all sections, in order. */
export function rowsOf(table: HTMLTableElement): readonly HTMLTableRowElement[] {
	return [...table.tBodies].flatMap((section) => [...section.rows]);
}

function columnsOf(table: HTMLTableElement): string {
	const rows = [table.tHead?.rows[0], ...(table.tBodies[0]?.rows ?? [])];
	const columns = [...(rows[0]?.cells ?? [])].map((_cell, column) => {
		const lengths = rows.map((row) => row?.cells[column]?.textContent.length ?? 0);
		const share = Math.min(Math.max(narrowestColumn, ...lengths), widestColumn);
		return `minmax(0, ${share}fr)`;
	});
	return columns.join(" ");
}
