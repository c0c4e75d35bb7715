import { Range, TextEditorRevealType, type TextEditor } from "vscode";
import { UserError } from "../base/userError";
import { documentName } from "./documentName";
import { focusGroup, openTab } from "./editorTabs";
import type { EditorPlace } from "./editorPlace";
import type { EditorTracker } from "./editorTracker";
import { indentCode } from "./indentCode";
import { showPlace } from "./showPlace";
import { t } from "../../wording/localize";

/** VS Code may replace an editor that it has just shown with another one. */
const maxAttempts = 3;

/**
 * Inserts code at the last known cursor in place of the selection, as one undo step, and focuses that editor.
 *
 * @throws {UserError} if there is no such editor, or it is read-only; nothing has changed then
 */
export async function insertCode(code: string, editors: EditorTracker): Promise<void> {
	const place = await editors.settledPlace();
	if (!place) {
		throw new UserError(
			t("No text editor is open. Open a file, and put the cursor where the code should go."),
		);
	}
	const { changedUnseen } = editors;
	for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
		const editor = await showPlace(place, changedUnseen);
		const { document } = editor;
		switch (await replaceSelection(editor, code)) {
			case "done":
				await focus(editor, place);
				return;
			case "readOnly":
				throw new UserError(
					t(
						"{0} is read-only here, so the code was not inserted. Copy the code instead, or click into another editor.",
						documentName(document).short,
					),
				);
			case "notNow":
				break;
		}
	}
	throw new UserError(t("The text changed at the same moment. Insert the code again."));
}

async function replaceSelection(
	editor: TextEditor,
	code: string,
): Promise<"done" | "readOnly" | "notNow"> {
	const { selection, document } = editor;
	const before = document.version;
	const lineStart = document.getText(
		new Range(selection.start.with({ character: 0 }), selection.start),
	);
	try {
		const isCurrent = await editor.edit((edit) => {
			edit.replace(selection, indentCode(code, lineStart));
		});
		if (!isCurrent) {
			return "notNow";
		}
	} catch {
		// The editor was closed in the meantime.
		return "notNow";
	}
	// VS Code also reports success for a read-only editor.
	return document.version === before ? "readOnly" : "done";
}

/**
 * Focuses the group of the editor. A peek has no tab, and focusing its group would move the focus to the text around
 * it.
 */
async function focus(editor: TextEditor, place: EditorPlace): Promise<void> {
	editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
	const tab = place.tab && openTab(place.tab);
	if (tab) {
		await focusGroup(tab.group);
	}
}
