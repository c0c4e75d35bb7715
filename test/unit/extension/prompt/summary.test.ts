import assert from "node:assert/strict";
import { askForSummary, summaryRequest } from "../../../../src/extension/prompt/askForSummary";
import { carrySummary } from "../../../../src/extension/prompt/carrySummary";
import { SessionHarness } from "../../../support/chats/sessionHarness";

describe("A new chat with a summary", () => {
	let chat: SessionHarness;
	let abort: AbortController;
	beforeEach(async () => {
		chat = await SessionHarness.start();
		abort = new AbortController();
		await chat.exchange("u1", "How do I add?", "With plus.");
	});

	/** Requests a summary, and waits until the model can write. */
	async function begin(): Promise<{ summary: Promise<string | undefined>; heard: unknown[] }> {
		const heard: unknown[] = [];
		const summary = askForSummary(
			chat.languageModel,
			{ systemPrompt: "Be brief.", thinking: "auto", path: chat.chat.conversation.path() },
			{
				onRead: (fraction) => heard.push({ fraction }),
				onWritten: (words) => heard.push({ words }),
			},
			abort.signal,
		);
		await chat.prepare();
		await chat.trim();
		return { summary, heard };
	}

	it("is requested after the conversation, and reports its progress", async () => {
		const { summary, heard } = await begin();
		const { messages, listener } = chat.languageModel.generates.at(-1)!.args;
		assert.deepEqual(messages, [
			{ role: "system", text: "Be brief." },
			{ role: "user", text: "How do I add?" },
			{ role: "assistant", text: "With plus." },
			{ role: "user", text: summaryRequest },
		]);
		listener.onPrefill(1, 4);
		chat.say("They asked ");
		chat.say("thoughts are none of it", "thought");
		chat.say("how to add.");
		await chat.end("complete");
		assert.equal(await summary, "They asked how to add.");
		assert.deepEqual(heard, [{ fraction: 0.25 }, { words: 2 }, { words: 2 }, { words: 5 }]);
	});

	it("is undefined if the user cancels, or the model writes nothing", async () => {
		const stopped = await begin();
		chat.say("They asked");
		await chat.end("stopped");
		assert.equal(await stopped.summary, undefined);
		const silent = await begin();
		chat.say(" \n");
		await chat.end("complete");
		assert.equal(await silent.summary, undefined);
	});

	it("begins with the request and the summary, under the old title, and keeps the old chat", async () => {
		const before = chat.chat.conversation;
		const carried = { request: summaryRequest, summary: "They asked how to add." };
		await carrySummary(chat.shown, before, carried, chat.clock);
		assert.deepEqual(chat.said, [summaryRequest, "They asked how to add."]);
		assert.equal(chat.store.state.title, "How do I add? (continued)");
		assert.equal(chat.lastChatId, chat.chat.conversation.id);
		assert.notEqual(chat.lastChatId, before.id);
		await carrySummary(chat.shown, chat.chat.conversation, carried, chat.clock);
		assert.equal(chat.store.state.title, "How do I add? (continued)", "said once");
		assert.ok(await chat.shown.show(before.id));
		assert.deepEqual(chat.said, ["How do I add?", "With plus."]);
	});
});
