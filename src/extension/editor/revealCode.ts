import {
	NotebookCellKind,
	NotebookRange,
	Range,
	Selection,
	TabInputText,
	TextEditorRevealType,
	Uri,
	window,
	workspace,
	type TextEditor,
} from "vscode";
import type { AttachedCode } from "../conversation/attachedCode";
import { UserError } from "../base/userError";
import { activateTab, tabWith } from "./editorTabs";
import { shownEditor, visibleEditor } from "./shownEditor";
import { t } from "../../wording/localize";

/**
 * Opens the document that the code was taken from and selects the code. Pasted text opens in a new document.
 *
 * @throws {UserError} if the document can no longer be opened
 */
export async function revealCode(attached: AttachedCode): Promise<void> {
	const { range, chip, uri, notebookUri } = attached;
	if (chip.scope === "pasted") {
		await window.showTextDocument(await workspace.openTextDocument({ content: attached.code }));
		return;
	}
	const opening = notebookUri === undefined ? openText(uri) : openCell(attached, notebookUri);
	const editor = await opening.catch(() => {
		throw new UserError(t("{0} cannot be opened. It may have been moved or deleted.", chip.path));
	});
	const place = editor?.document.validateRange(
		new Range(range.startLine, range.startCharacter, range.endLine, range.endCharacter),
	);
	if (editor && place) {
		editor.selection = new Selection(place.start, place.end);
		editor.revealRange(place, TextEditorRevealType.InCenterIfOutsideViewport);
	}
}

/** Opens a document by its URI. Code in an imported chat may have no valid URI. */
async function openText(uri: string): Promise<TextEditor | undefined> {
	const document = await workspace.openTextDocument(Uri.parse(uri, true));
	const tab = tabWith(document.uri, (input) => input instanceof TabInputText);
	if (!tab) {
		return window.showTextDocument(document);
	}
	await activateTab(tab);
	return shownEditor(document, tab);
}

/** Opens a cell and returns its editor. A rendered cell has no editor, and is selected as a whole. */
async function openCell(
	{ uri, code }: AttachedCode,
	notebookUri: string,
): Promise<TextEditor | undefined> {
	const notebook = await workspace.openNotebookDocument(Uri.parse(notebookUri, true));
	const cells = notebook.getCells();
	const cell =
		cells.find(({ document }) => document.uri.toString() === uri) ??
		// A cell's URI is valid only while the notebook stays open.
		cells.find(({ document }) => document.getText().includes(code));
	if (!cell) {
		throw new Error("The notebook has no such cell.");
	}
	const range = new NotebookRange(cell.index, cell.index + 1);
	const shown = await window.showNotebookDocument(notebook, { selections: [range] });
	shown.revealRange(range);
	return cell.kind === NotebookCellKind.Markup
		? visibleEditor(cell.document)
		: shownEditor(cell.document);
}
