import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { commands, EndOfLine, env, Selection, window, workspace } from "vscode";
import { defaultSettings } from "../../src/extension/settings/settingsSchema";
import { until } from "../support/until";
import { openText, startChat, type RunningChat } from "./extension";

async function begin({ chat, languageModel }: RunningChat, turnId: string): Promise<void> {
	chat.session.submit(turnId, "Hello");
	await until("the model is asked for", () => languageModel.prepares.length > 0);
	const { status } = languageModel;
	languageModel.prepares.at(-1)!.resolve(status.kind === "ready" ? status.info : undefined);
	await until("the tokens are counted", () => languageModel.trims.length > 0);
	languageModel.trims.at(-1)!.resolve({ keptFrom: 1, promptTokens: 10, contextTokens: 512 });
	await until("the answer is asked for", () => languageModel.generates.length > 0);
}

describe("the command", () => {
	let running: RunningChat;
	beforeEach(async () => {
		running = await startChat();
	});

	it("Stop Answer stops the answer", async () => {
		await begin(running, "u1");
		await commands.executeCommand("localLlm.stop");
		assert.equal(running.languageModel.generates[0]!.signal.aborted, true);
	});

	it("Clear Chat shows a new chat, and Undo restores the old one", async () => {
		await begin(running, "u1");
		await commands.executeCommand("localLlm.clearChat");
		assert.deepEqual(running.chat.store.state.turns, []);
		await running.chat.perform({ type: "undo" });
		assert.equal(running.chat.store.state.turns.length, 2);
	});

	it("Unload Model frees the model", async () => {
		await commands.executeCommand("localLlm.unloadModel");
		assert.equal(running.languageModel.unloads, 1);
	});

	it("Select Model writes the chosen model to the user settings", async () => {
		const configuration = (): ReturnType<typeof workspace.getConfiguration> =>
			workspace.getConfiguration("localLlm");
		await configuration().update("model", "/models/other.gguf", true);
		try {
			let patienceMs = 0;
			await until("the default model is chosen", async () => {
				// Nothing signals when the list accepts keys, so each attempt waits longer.
				patienceMs += 100;
				const picking = commands.executeCommand("localLlm.selectModel");
				await setTimeout(patienceMs);
				await commands.executeCommand("workbench.action.quickOpenSelectNext");
				await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
				await commands.executeCommand("workbench.action.closeQuickOpen");
				await picking;
				return configuration().inspect("model")?.globalValue === defaultSettings.model;
			});
			assert.ok(running.languageModel.settingsChanges > 0);
		} finally {
			await configuration().update("model", undefined, true);
		}
	});

	it("Open Settings shows VS Code's settings", async () => {
		await commands.executeCommand("localLlm.openSettings");
		await until("the settings are open", () =>
			window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === "Settings")),
		);
	});

	it("Show Log does not fail", async () => {
		await commands.executeCommand("localLlm.showLog");
	});

	it("fails without a stack trace, whatever happens in it", async () => {
		running.languageModel.unload = () => Promise.reject(new Error("a bug"));
		await commands.executeCommand("localLlm.unloadModel");
	});
});

describe("an intent of a view", () => {
	it("copies text", async () => {
		const { chat } = await startChat();
		await chat.perform({ type: "copyText", text: "copied text" });
		assert.equal(await env.clipboard.readText(), "copied text");
	});

	it("inserts code at the cursor, as one undo step", async () => {
		const { chat } = await startChat();
		const before = "function f() {\n\t\n}\n";
		const editor = await openText(before);
		editor.selection = new Selection(1, 1, 1, 1);
		await chat.perform({ type: "insertCode", text: "if (a) {\n\tb();\n}\n" });
		const { document } = window.activeTextEditor!;
		assert.equal(document.getText(), "function f() {\n\tif (a) {\n\t\tb();\n\t}\n}\n");
		await commands.executeCommand("undo");
		await until("the edit is undone", () => document.getText() === before);
	});

	it("inserts code with the line breaks of the document", async () => {
		const { chat } = await startChat();
		const editor = await openText("one\r\ntwo");
		assert.equal(editor.document.eol, EndOfLine.CRLF);
		editor.selection = new Selection(0, 0, 0, 3);
		await chat.perform({ type: "insertCode", text: "a\nb\r\nc" });
		assert.equal(editor.document.getText(), "a\r\nb\r\nc\r\ntwo");
	});

	it("inserts into the editor that was active last, even if a chat tab is visible", async () => {
		const { chat } = await startChat();
		const editor = await openText("one\ntwo\nthree");
		const { document } = editor;
		editor.selection = new Selection(1, 3, 1, 3);
		await commands.executeCommand("localLlm.openChatInEditor");
		await until("no text editor is active", () => window.activeTextEditor === undefined);
		await chat.perform({ type: "insertCode", text: ", code" });
		assert.equal(document.getText(), "one\ntwo, code\nthree");
		assert.equal(window.activeTextEditor?.document, document);
	});

	it("reports that no editor is open to insert into", async () => {
		const { chat } = await startChat();
		await assert.rejects(async () => chat.perform({ type: "insertCode", text: "code" }), {
			name: "UserError",
			message: /^No text editor is open/,
		});
	});
});
