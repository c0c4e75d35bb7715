import { window, type ExtensionContext } from "vscode";
import { compose, type Composition } from "./compose";
import type { ExtensionApi } from "./extensionApi";

let composition: Composition | undefined;

/** Puts the parts together. Nothing is read, started or loaded before somebody asks for it. */
export function activate(context: ExtensionContext): ExtensionApi {
	// It outlives the composition: what ends late still logs, and a channel of a closed one's name stays closed.
	const output = window.createOutputChannel("Local LLM Chatbot", { log: true });
	context.subscriptions.push(output);
	composition = compose(context, output);
	return {
		get chat() {
			return present().chat;
		},
		storageFolder: context.globalStorageUri.fsPath,
		recompose: (createBackend) => {
			composition?.dispose();
			composition = compose(context, output, createBackend);
		},
	};
}

/** Ends the process that runs the model, within a bounded time. */
export async function deactivate(): Promise<void> {
	await composition?.stop();
	composition?.dispose();
	composition = undefined;
}

function present(): Composition {
	if (!composition) {
		throw new Error("The extension is not active.");
	}
	return composition;
}
