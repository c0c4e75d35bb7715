import { Range, Uri, window, workspace } from "vscode";
import type { AttachedCode } from "../chat/attachedCode";
import { UserError } from "../userError";

/**
 * Opens the document that the code was taken from and selects the place.
 *
 * @throws {UserError} if the document cannot be opened any more.
 */
export async function revealCode({ uri, range, chip }: AttachedCode): Promise<void> {
	const document = await Promise.resolve(workspace.openTextDocument(Uri.parse(uri, true))).catch(
		() => {
			throw new UserError(`${chip.path} cannot be opened. It may have been moved or deleted.`);
		},
	);
	await window.showTextDocument(document, {
		selection: document.validateRange(
			new Range(range.startLine, range.startCharacter, range.endLine, range.endCharacter),
		),
	});
}
