import assert from "node:assert/strict";
import { titleRequest } from "../../../../src/extension/prompt/modelTitle";
import { idleBeforeTitleMs } from "../../../../src/extension/prompt/titleWriter";
import { MemoryShelf } from "../../../support/chats/memoryShelf";
import { SessionHarness, stats } from "../../../support/chats/sessionHarness";

describe("The title writer", () => {
	let shelf: MemoryShelf;
	let chat: SessionHarness;
	beforeEach(async () => {
		shelf = new MemoryShelf();
		chat = await SessionHarness.start(shelf);
	});

	/** Lets the model be idle until a title is requested. */
	async function idle(harness = chat): Promise<void> {
		harness.clock.advance(idleBeforeTitleMs);
		await harness.settle();
	}

	/** Waits until the model can write the title. */
	async function beginTitle(): Promise<void> {
		await idle();
		await chat.trim();
	}

	it("asks a while after the first answer, with the whole conversation and a request", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		const [asked] = chat.languageModel.generates;
		chat.clock.advance(idleBeforeTitleMs - 1);
		await chat.settle();
		assert.equal(chat.languageModel.trims.length, 1);
		chat.clock.advance(1);
		await chat.settle();
		await chat.trim();
		const { messages, options } = chat.languageModel.generates.at(-1)!.args;
		// The next message has the same beginning, so the engine keeps its evaluated tokens.
		assert.deepEqual(messages, [
			...asked!.args.messages,
			{ role: "assistant", text: "Use the plus sign." },
			{ role: "user", text: titleRequest },
		]);
		assert.equal(options.temperature, 0);
		chat.say("“Adding Two Numbers”");
		await chat.end("complete");
		assert.equal(chat.store.state.title, "Adding Two Numbers");
		assert.deepEqual(chat.chat.conversation.givenTitle, {
			text: "Adding Two Numbers",
			by: "model",
		});
	});

	it("publishes nothing while the model writes", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		const { state } = chat.store;
		chat.facts.length = 0;
		await beginTitle();
		chat.languageModel.generates.at(-1)!.args.listener.onPrefill(1, 2);
		chat.say("Adding Two Numbers");
		assert.equal(chat.store.state, state);
		await chat.end("complete");
		assert.deepEqual(chat.facts, [{ type: "titleChanged", title: "Adding Two Numbers" }]);
		assert.equal(chat.languageModel.prepares.length, 1);
	});

	const requests: Readonly<Record<string, (id: string) => void>> = {
		"a message is sent": () => {
			chat.session.submit("u2", "And three?");
		},
		"another answer is requested": (answerId) => {
			chat.session.regenerate(answerId);
		},
		"a message is edited": () => {
			chat.session.edit("u1", "u2", "How do I add three?");
		},
		"the window closes": () => {
			chat.session.dispose();
		},
	};
	for (const [what, act] of Object.entries(requests)) {
		it(`stops at once when ${what}`, async () => {
			await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
			await beginTitle();
			const title = chat.languageModel.generates.at(-1)!;
			assert.equal(title.signal.aborted, false);
			act(chat.answer.id);
			assert.equal(title.signal.aborted, true);
			title.args.listener.onText("reply", "Adding Two Numbers");
			title.resolve({ ending: "complete", stats });
			await chat.settle();
			assert.equal(chat.chat.conversation.givenTitle, undefined);
		});
	}

	it("does not delay an answer until the title ends", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await beginTitle();
		chat.session.submit("u2", "And three?");
		await chat.settle();
		assert.equal(chat.languageModel.prepares.length, 2);
	});

	it("waits after the last of several quick messages", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		chat.clock.advance(idleBeforeTitleMs - 1);
		await chat.exchange("u2", "And three?", "Twice.");
		chat.clock.advance(idleBeforeTitleMs - 1);
		await chat.settle();
		assert.equal(chat.languageModel.trims.length, 2);
	});

	it("asks after the next answer if a message interrupts it", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await beginTitle();
		chat.session.submit("u2", "And three?");
		await chat.prepare();
		await chat.trim();
		chat.say("Once more.");
		await chat.end("complete");
		await beginTitle();
		assert.equal(chat.languageModel.generates.at(-1)!.args.messages.at(-1)!.text, titleRequest);
	});

	it("waits while an answer is running in another chat", async () => {
		await chat.begin("u1", "one");
		chat.say("1");
		const { id } = chat.chat.conversation;
		await chat.session.newChat();
		chat.session.submit("u2", "two");
		await chat.shown.show(id);
		await chat.end("complete");
		await chat.prepare();
		await chat.trim();
		await idle();
		assert.equal(chat.languageModel.trims.length, 2);
	});

	it("waits until a preloaded message is sent or discarded", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		chat.window.readAhead.draftTyped("And three?");
		await idle();
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
		chat.window.readAhead.draftTyped("");
		await beginTitle();
		assert.equal(chat.languageModel.generates.at(-1)!.args.messages.at(-1)!.text, titleRequest);
	});

	it("asks once, even if the model writes no usable title", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await beginTitle();
		chat.say("Use the plus sign.");
		await chat.end("complete");
		assert.equal(chat.store.state.title, "How do I add two numbers?");
		await chat.exchange("u2", "And three?", "Twice.");
		await idle();
		assert.equal(chat.languageModel.trims.length, 3);
	});

	for (const ending of ["maxTokens", "contextFull", "stopped"] as const) {
		it(`ignores a title that ended by “${ending}”`, async () => {
			await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
			await beginTitle();
			chat.say("Adding Two Numbers");
			await chat.end(ending);
			assert.equal(chat.chat.conversation.givenTitle, undefined);
		});
	}

	it("ignores thoughts", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await beginTitle();
		chat.say("A title about numbers", "thought");
		await chat.end("complete");
		assert.equal(chat.chat.conversation.givenTitle, undefined);
	});

	it("skips a chat with a title from the user", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		chat.chat.write([{ type: "title", text: "Mine", by: "user" }], "now");
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("keeps a title that the user enters in the meantime", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await beginTitle();
		chat.chat.write([{ type: "title", text: "Mine", by: "user" }], "now");
		chat.say("Adding Two Numbers");
		await chat.end("complete");
		assert.deepEqual(chat.chat.conversation.givenTitle, { text: "Mine", by: "user" });
	});

	it("skips a chat whose answer is incomplete", async () => {
		await chat.begin("u1", "How do I add two numbers?");
		chat.say("Use");
		await chat.end("maxTokens");
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("skips a chat that has become read-only", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		shelf.mark(chat.chat.conversation.id, { newerVersion: 2 });
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("skips a chat that is not shown", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await chat.session.newChat();
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("skips a chat in which another window answers", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		const other = await SessionHarness.start(shelf, chat.lastChatId);
		await other.begin("u2", "And three?");
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("does not load a model for a title", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		Object.assign(chat.languageModel, {
			status: { kind: "unloaded", name: "stepped", detail: "", gpu: "off" },
		});
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
		assert.equal(chat.languageModel.prepares.length, 1);
	});

	it("skips a conversation that does not fit completely, whose prompt would begin differently", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await idle();
		await chat.trim(3);
		assert.equal(chat.languageModel.generates.length, 1);
	});

	it("only logs that the process of the model ended", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await beginTitle();
		const failed = chat.languageModel.generates.at(-1)!;
		failed.fail({ kind: "internal", message: "died" });
		await chat.settle();
		assert.match(chat.log.lines.join("\n"), /warn no title was generated/);
		assert.equal(chat.store.state.turns.length, 2);
		await chat.exchange("u2", "And three?", "Twice.");
		await idle();
		assert.equal(chat.languageModel.trims.length, 3);
	});
});
