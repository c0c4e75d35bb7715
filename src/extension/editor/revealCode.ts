import { Range, Uri, window, workspace, type TextDocument } from "vscode";
import type { AttachedCode } from "../conversation/attachedCode";
import { UserError } from "../userError";

/**
 * Opens the document that the code was taken from and selects the place.
 *
 * @throws {UserError} if the document cannot be opened any more.
 */
export async function revealCode({ uri, range, chip }: AttachedCode): Promise<void> {
	const document = await open(uri).catch(() => {
		throw new UserError(`${chip.path} cannot be opened. It may have been moved or deleted.`);
	});
	await window.showTextDocument(document, {
		selection: document.validateRange(
			new Range(range.startLine, range.startCharacter, range.endLine, range.endCharacter),
		),
	});
}

/** Code that came with an imported conversation may have no address. */
async function open(uri: string): Promise<TextDocument> {
	return workspace.openTextDocument(Uri.parse(uri, true));
}
