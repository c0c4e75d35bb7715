import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { commands } from "vscode";
import type { StoredUserTurn } from "../../src/extension/conversation/chatRecord";
import { until } from "../support/until";
import { extension, startChat, type RunningChat } from "./extension";
import { PlayedInputs } from "./playedInputs";

describe("Prompt cache entries of a conversation are removed", () => {
	let running: RunningChat;
	let state: string;

	beforeEach(async () => {
		running = await startChat();
		const states = path.join(extension().exports.storageFolder, "states");
		mkdirSync(states, { recursive: true });
		state = path.join(states, "some.state");
		writeFileSync(state, "words");
	});

	it("with a deleted message", async () => {
		await running.chat.perform({ type: "deleteTurn", turnId: "u1" });
		assert.equal(existsSync(state), false);
	});

	it("with a chat that is deleted in the history, and not before", async () => {
		const { chat } = running;
		const library = await chat.shown.library();
		const turn: StoredUserTurn = {
			role: "user",
			id: "u1",
			sentAtMs: 0,
			text: "Bake bread",
			attachments: [],
		};
		const put = library.create("project");
		put.write([{ type: "turn", parentId: null, turn }], "now");
		await put.flush();
		put.dispose();
		const inputs = new PlayedInputs();
		try {
			const shown = commands.executeCommand("localLlm.showHistory");
			await until("the history is shown", () => inputs.lists.length > 0);
			await inputs.list.has("Bake bread");
			assert.equal(existsSync(state), true);
			await inputs.list.press("Delete", "Bake bread");
			await inputs.list.without("Bake bread");
			assert.equal(existsSync(state), false);
			inputs.list.hide();
			await shown;
		} finally {
			inputs.dispose();
		}
	});
});
