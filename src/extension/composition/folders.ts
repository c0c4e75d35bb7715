import { Uri, type ExtensionContext } from "vscode";

/** @returns the bundle of a process of ours. */
export function program(
	context: ExtensionContext,
	name: "inference" | "download" | "import",
): string {
	return Uri.joinPath(context.extensionUri, "dist", `${name}.cjs`).fsPath;
}

/** @returns a folder of ours, where the extension keeps what belongs to the machine. */
export function storageFolder(
	context: ExtensionContext,
	name: "models" | "engine" | "loaded" | "chats" | "crashReports" | "states",
): string {
	return Uri.joinPath(context.globalStorageUri, name).fsPath;
}
