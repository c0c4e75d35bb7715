import assert from "node:assert/strict";
import { SessionHarness, stats } from "../../../support/chats/sessionHarness";

describe("Continue", () => {
	let chat: SessionHarness;
	beforeEach(async () => {
		chat = await SessionHarness.start();
		await chat.begin("u1", "Count");
		chat.say("1, 2, ");
	});

	async function goOn(window: SessionHarness, rest: string): Promise<void> {
		window.session.continueAnswer(window.answer.id);
		await window.prepare();
		await window.trim();
		window.say(rest);
		await window.end("complete");
	}

	it("gives the model the beginning of its answer, and appends new text", async () => {
		await chat.end("maxTokens");
		await goOn(chat, "3");
		assert.deepEqual(chat.languageModel.generates.at(-1)!.args.messages.at(-1), {
			role: "assistant",
			text: "1, 2, ",
		});
		assert.deepEqual(chat.said, ["Count", "1, 2, 3"]);
	});

	it("counts the tokens of both parts", async () => {
		await chat.end("maxTokens");
		await goOn(chat, "3");
		assert.deepEqual(chat.answer.state, {
			kind: "ended",
			outcome: {
				kind: "complete",
				stats: {
					...stats,
					answerTokens: 2 * stats.answerTokens,
					decodeMs: 2 * stats.decodeMs,
				},
			},
		});
	});

	it("continues the saved text in another window after a crash", async () => {
		chat.languageModel.generates[0]!.fail({ kind: "internal", message: "" });
		await chat.settle();
		chat.session.dispose();
		chat.shown.dispose();
		const again = await SessionHarness.start(chat.library.shelf, chat.lastChatId);
		assert.deepEqual(again.said, ["Count", "1, 2, "]);
		await goOn(again, "3");
		assert.deepEqual(again.said, ["Count", "1, 2, 3"]);
	});

	it("keeps the text and states the reason if it cannot begin", async () => {
		await chat.end("stopped");
		chat.session.continueAnswer(chat.answer.id);
		await chat.settle();
		const missing = { kind: "modelFileMissing", path: "/gone.gguf" } as const;
		chat.languageModel.prepares.at(-1)!.fail(missing);
		await chat.settle();
		assert.equal(chat.answer.reply, "1, 2, ");
		assert.deepEqual(chat.answer.state, {
			kind: "ended",
			outcome: { kind: "failed", failure: missing },
		});
	});

	it("does nothing for a complete answer", async () => {
		await chat.end("complete");
		chat.session.continueAnswer(chat.answer.id);
		await chat.settle();
		assert.equal(chat.languageModel.prepares.length, 1);
	});
});
