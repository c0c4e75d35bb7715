import { Uri, type ExtensionContext } from "vscode";

/** Returns the path of the bundle of a child process. */
export function program(
	context: ExtensionContext,
	name: "inference" | "download" | "import",
): string {
	return Uri.joinPath(context.extensionUri, "dist", `${name}.cjs`).fsPath;
}

/** Returns the folder in which the extension keeps data that belongs to the machine. */
export function storageFolder(
	context: ExtensionContext,
	name: "models" | "engine" | "loaded" | "chats" | "crashReports" | "states",
): string {
	return Uri.joinPath(context.globalStorageUri, name).fsPath;
}
