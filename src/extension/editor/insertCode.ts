import { Range } from "vscode";
import { UserError } from "../userError";
import type { EditorTracker } from "./editorTracker";
import { indentCode } from "./indentCode";

/**
 * Puts code at the cursor of the text editor that was active last, in place of what is selected there, as one
 * step of undo, and gives that editor the focus.
 *
 * @throws {UserError} if there is no editor, or it cannot be written to.
 */
export async function insertCode(code: string, editors: EditorTracker): Promise<void> {
	const editor = await editors.show(
		"There is no text editor to insert into. Open a file and put the cursor where the code should go.",
	);
	const { selection, document } = editor;
	const lineStart = document.getText(
		new Range(selection.start.with({ character: 0 }), selection.start),
	);
	const done = await editor.edit((edit) => {
		edit.replace(selection, indentCode(code, lineStart));
	});
	if (!done) {
		throw new UserError(
			"The code could not be inserted: the file in the editor cannot be changed.",
		);
	}
}
