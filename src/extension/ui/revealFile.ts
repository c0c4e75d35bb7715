import { withoutLinks } from "./notificationText";
import { commands, env, UIKind, Uri, window } from "vscode";

/** @returns whether there is a file manager to show a file of this machine in. */
export function canRevealFiles(): boolean {
	return env.uiKind === UIKind.Desktop && env.remoteName === undefined;
}

/** Shows a file in the file manager; where there is none, its path is put on the clipboard. */
export async function revealFile(file: string): Promise<void> {
	if (canRevealFiles()) {
		await commands.executeCommand("revealFileInOS", Uri.file(file));
		return;
	}
	await env.clipboard.writeText(file);
	void window.showInformationMessage(withoutLinks(`The path is on the clipboard: ${file}`));
}
