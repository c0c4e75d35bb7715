import { NotebookRange, window, type TextEditor } from "vscode";
import { UserError } from "../base/userError";
import { documentName } from "./documentName";
import { activateTab, openTab } from "./editorTabs";
import { isInSight, type EditorPlace } from "./editorPlace";
import { cellOf } from "./notebookCells";
import { shownEditor } from "./shownEditor";
import { t } from "../../wording/localize";

/**
 * Shows the editor that the user was last in, with its cursor where it was.
 *
 * @returns the editor
 * @throws {UserError} if the place has no cursor, or the cursor's position is no longer known
 */
export async function showPlace(place: EditorPlace, changedUnseen: boolean): Promise<TextEditor> {
	switch (place.kind) {
		case "cells":
			throw new UserError(
				t(
					"Whole cells are selected. Click into the cell where the code should go, then insert it.",
				),
			);
		case "closedToUs":
			throw new UserError(
				t(
					"Extensions cannot see the cursor in {0}. In another editor, click where the code should go.",
					place.tab.label,
				),
			);
		case "text":
			return isInSight(place) ? place.editor : showAgain(place.editor, place, changedUnseen);
	}
}

async function showAgain(
	last: TextEditor,
	place: EditorPlace,
	changedUnseen: boolean,
): Promise<TextEditor> {
	const { document, selections } = last;
	const { short } = documentName(document);
	const textBefore = document.getText();
	const tab = place.tab && openTab(place.tab);
	if (tab && !tab.isActive) {
		await activateTab(tab);
	}
	revealCell(last);
	const editor = await shownEditor(document, tab);
	if (!editor) {
		throw new UserError(t("{0} could not be shown. Click where the code should go.", short));
	}
	if (changedUnseen || editor.document.getText() !== textBefore) {
		throw new UserError(
			t(
				"{0} changed while it was not visible. Click where the code should go, then insert it.",
				short,
			),
		);
	}
	// VS Code may restore the selections only a moment later.
	editor.selections = selections;
	return editor;
}

/** Scrolls a cell into view. A cell that is scrolled out of sight has no editor. */
function revealCell({ document }: TextEditor): void {
	const cell = cellOf(document);
	const notebook = window.visibleNotebookEditors.find(
		(editor) => editor.notebook === cell?.notebook,
	);
	if (cell) {
		notebook?.revealRange(new NotebookRange(cell.index, cell.index + 1));
	}
}
