import { workspace, type NotebookCell, type NotebookEditor, type TextDocument } from "vscode";

/** Returns the cell of an open notebook whose text is `document`. */
export function cellOf(document: TextDocument): NotebookCell | undefined {
	for (const notebook of workspace.notebookDocuments) {
		const found = notebook.getCells().find((cell) => cell.document === document);
		if (found) {
			return found;
		}
	}
	return undefined;
}

/** Returns the selected cells of a notebook, in the notebook's order. */
export function selectedCells({ notebook, selections }: NotebookEditor): NotebookCell[] {
	return selections
		.toSorted((a, b) => a.start - b.start)
		.flatMap((range) => notebook.getCells(range));
}
