import { withoutLinks } from "./notificationText";
import { commands, env, UIKind, Uri, window } from "vscode";
import { t } from "../../wording/localize";

/** Returns whether this machine has a file manager that can show files. */
export function canRevealFiles(): boolean {
	return env.uiKind === UIKind.Desktop && env.remoteName === undefined;
}

/** Shows a file in the file manager, or copies its path to the clipboard if there is no file manager. */
export async function revealFile(file: string): Promise<void> {
	if (canRevealFiles()) {
		await commands.executeCommand("revealFileInOS", Uri.file(file));
		return;
	}
	await env.clipboard.writeText(file);
	void window.showInformationMessage(
		withoutLinks(t("The path was copied to the clipboard: {0}", file)),
	);
}
