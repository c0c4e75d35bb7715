import assert from "node:assert/strict";
import { commands, extensions, window, workspace, type TextEditor } from "vscode";
import type { ComposedChat, ExtensionApi } from "../../src/extension/composition/extensionApi";
import type { InferenceBackend } from "../../src/extension/inference/backend";
import { SteppedBackend } from "../support/steppedBackend";

/** @returns the extension under test, as VS Code knows it. */
export function extension() {
	const found = extensions.getExtension<ExtensionApi>("local-llm.local-llm-chatbot");
	assert.ok(found, "the extension is installed");
	return found;
}

/** The running extension, around a backend that the test steps. */
export interface RunningChat {
	readonly chat: ComposedChat;
	readonly backend: SteppedBackend;
}

/**
 * Puts the extension together around a backend that the test steps, once in a run: VS Code resolves a view once,
 * and every test file is a bundle of its own. Every call begins a new conversation and closes all editors.
 */
export async function startChat(): Promise<RunningChat> {
	await commands.executeCommand("workbench.action.closeAllEditors");
	const api = await extension().activate();
	const composed = await api.chat();
	const chat = isStepped(composed.backend)
		? composed
		: await api.recompose(() => new SteppedBackend());
	assert.ok(isStepped(chat.backend));
	const { backend } = chat;
	await chat.shown.start();
	await chat.session.clear();
	backend.reset();
	await chat.session.whenSettled;
	await chat.shown.startNew();
	backend.reset();
	for (const { id } of chat.store.state.attachments) {
		chat.attachments.remove(id);
	}
	return { chat, backend };
}

/** By its shape: the class is another one in every bundle. */
function isStepped(backend: InferenceBackend): backend is SteppedBackend {
	return "generates" in backend;
}

/** Opens an unsaved document in an editor. */
export async function openText(content: string, language = "plaintext"): Promise<TextEditor> {
	return window.showTextDocument(await workspace.openTextDocument({ content, language }));
}
