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

	it("reads no file, scans no folder and starts no program when the chat is put together", async () => {
		const api = await extension().activate();
		const calls = await nodeCalls("chat.cjs", async () => {
			await api.recompose();
			// Whatever was begun has come to its first calls when VS Code has answered.
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

	it("can be done anew, and every command is there once", async () => {
		const { languageModel } = await startChat();
		await commands.executeCommand("localLlm.unloadModel");
		assert.equal(languageModel.unloads, 1);
	});
});
