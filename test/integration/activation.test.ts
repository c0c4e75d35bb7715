import assert from "node:assert/strict";
import { commands } from "vscode";
import { commandIds } from "../../src/extension/commands/commands";
import { childrenOf } from "../support/processes";
import { extension, startChat } from "./extension";
import { nodeCalls } from "./nodeCalls";

describe("activation", () => {
	it("starts no process and loads no model", async () => {
		const chat = await (await extension().activate()).chat();
		assert.deepEqual(childrenOf(process.pid, "inference.cjs"), []);
		assert.equal(chat.store.state.model.kind, "unloaded");
	});

	it("reads no file, scans no folder, and starts no program while the chat is composed", async () => {
		const api = await extension().activate();
		const calls = await nodeCalls("chat.cjs", async () => {
			await api.recompose();
			// By the time VS Code answers, everything that was started has made its first calls.
			await commands.getCommands(true);
		});
		assert.deepEqual(calls, []);
	});

	it("registers every command", async () => {
		await extension().activate();
		const registered = new Set(await commands.getCommands(true));
		assert.deepEqual(
			commandIds.filter((id) => !registered.has(id)),
			[],
		);
	});

	it("can run again, and registers every command once", async () => {
		const { languageModel } = await startChat();
		await commands.executeCommand("localLlm.unloadModel");
		assert.equal(languageModel.unloads, 1);
	});
});
