import assert from "node:assert/strict";
import { commands, extensions, window, workspace, type TextEditor } from "vscode";
import type { ComposedChat, ExtensionApi } from "../../src/extension/composition/extensionApi";
import type { LanguageModel } from "../../src/extension/inference/languageModel";
import { SteppedLanguageModel } from "../support/scripted/steppedLanguageModel";

/** Returns the extension under test, as VS Code knows it. */
export function extension() {
	const found = extensions.getExtension<ExtensionApi>("local-llm.local-llm-chatbot");
	assert.ok(found, "the extension is installed");
	return found;
}

/** The running extension, with a language model that the test steps. */
export interface RunningChat {
	readonly chat: ComposedChat;
	readonly languageModel: SteppedLanguageModel;
}

/**
 * Composes the extension with a language model that the test steps, once per run: VS Code resolves a view only once, and
 * every test file is a separate bundle. Every call starts a new chat and closes all editors.
 */
export async function startChat(): Promise<RunningChat> {
	await commands.executeCommand("workbench.action.closeAllEditors");
	const api = await extension().activate();
	const composed = await api.chat();
	const chat = isStepped(composed.languageModel)
		? composed
		: await api.recompose(() => new SteppedLanguageModel());
	assert.ok(isStepped(chat.languageModel));
	const { languageModel } = chat;
	await chat.shown.start();
	await chat.session.clear();
	languageModel.reset();
	await chat.session.whenSettled;
	await chat.shown.startNew();
	languageModel.reset();
	for (const { id } of chat.store.state.attachments) {
		chat.attachments.remove(id);
	}
	return { chat, languageModel };
}

/** Checks the shape, because every bundle has its own class. */
function isStepped(languageModel: LanguageModel): languageModel is SteppedLanguageModel {
	return "generates" in languageModel;
}

/** Opens an unsaved document in an editor. */
export async function openText(content: string, language = "plaintext"): Promise<TextEditor> {
	return window.showTextDocument(await workspace.openTextDocument({ content, language }));
}
