import assert from "node:assert/strict";
import { titleRequest } from "../../../../src/extension/prompt/modelTitle";
import { idleBeforeTitleMs } from "../../../../src/extension/prompt/titleWriter";
import { MemoryShelf } from "../../../support/chats/memoryShelf";
import { SessionHarness, stats } from "../../../support/chats/sessionHarness";

describe("The model names a conversation", () => {
	let shelf: MemoryShelf;
	let chat: SessionHarness;
	beforeEach(async () => {
		shelf = new MemoryShelf();
		chat = await SessionHarness.start(shelf);
	});

	/** Lets the model be idle for as long as it takes. */
	async function idle(harness = chat): Promise<void> {
		harness.clock.advance(idleBeforeTitleMs);
		await harness.settle();
	}

	/** Lets the request for a title come to where text can come. */
	async function beginTitle(): Promise<void> {
		await idle();
		await chat.trim();
	}

	it("a while after its first answer, by the conversation itself with a request behind it", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		const [asked] = chat.languageModel.generates;
		chat.clock.advance(idleBeforeTitleMs - 1);
		await chat.settle();
		assert.equal(chat.languageModel.trims.length, 1);
		chat.clock.advance(1);
		await chat.settle();
		await chat.trim();
		const { messages, options } = chat.languageModel.generates.at(-1)!.args;
		// The same beginning as the next message will have: the engine keeps what it has evaluated of it.
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

	it("with nothing to be seen of it meanwhile", async () => {
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
		"another answer is asked for": (answerId) => {
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
		it(`and stops at once when ${what}`, async () => {
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

	it("and asks the model for an answer without waiting for the title to end", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await beginTitle();
		chat.session.submit("u2", "And three?");
		await chat.settle();
		assert.equal(chat.languageModel.prepares.length, 2);
	});

	it("a while after the last answer, however soon messages follow each other", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		chat.clock.advance(idleBeforeTitleMs - 1);
		await chat.exchange("u2", "And three?", "Twice.");
		chat.clock.advance(idleBeforeTitleMs - 1);
		await chat.settle();
		assert.equal(chat.languageModel.trims.length, 2);
	});

	it("after the next answer, where a message came in between", async () => {
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

	it("not while an answer is on its way in another conversation", async () => {
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

	it("once the next message, which the model reads while it is written, is sent or given up", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		chat.window.readAhead.draftTyped("And three?");
		await idle();
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
		chat.window.readAhead.draftTyped("");
		await beginTitle();
		assert.equal(chat.languageModel.generates.at(-1)!.args.messages.at(-1)!.text, titleRequest);
	});

	it("once: what cannot be a title is not asked for again", async () => {
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
		it(`by nothing that ended by “${ending}”`, async () => {
			await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
			await beginTitle();
			chat.say("Adding Two Numbers");
			await chat.end(ending);
			assert.equal(chat.chat.conversation.givenTitle, undefined);
		});
	}

	it("by no thought", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await beginTitle();
		chat.say("A title about numbers", "thought");
		await chat.end("complete");
		assert.equal(chat.chat.conversation.givenTitle, undefined);
	});

	it("not where a person has named it", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		chat.chat.write([{ type: "title", text: "Mine", by: "user" }], "now");
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("not in place of a title that a person gives it meanwhile", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await beginTitle();
		chat.chat.write([{ type: "title", text: "Mine", by: "user" }], "now");
		chat.say("Adding Two Numbers");
		await chat.end("complete");
		assert.deepEqual(chat.chat.conversation.givenTitle, { text: "Mine", by: "user" });
	});

	it("not where its answer did not come to its own end", async () => {
		await chat.begin("u1", "How do I add two numbers?");
		chat.say("Use");
		await chat.end("maxTokens");
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("not where its file is only read from now on", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		shelf.mark(chat.chat.conversation.id, { newerVersion: 2 });
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("not while another one is shown", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await chat.session.newChat();
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("not where another window answers in it", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		const other = await SessionHarness.start(shelf, chat.lastChatId);
		await other.begin("u2", "And three?");
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
	});

	it("not with a model that is not in memory: none is loaded for a title", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		Object.assign(chat.languageModel, {
			status: { kind: "unloaded", name: "stepped", detail: "", gpu: "off" },
		});
		await idle();
		assert.equal(chat.languageModel.trims.length, 1);
		assert.equal(chat.languageModel.prepares.length, 1);
	});

	it("not where the conversation does not fit whole: its end alone is another beginning", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		await idle();
		await chat.trim(3);
		assert.equal(chat.languageModel.generates.length, 1);
	});

	it("and tells the log alone where the model's process dies of it", async () => {
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
