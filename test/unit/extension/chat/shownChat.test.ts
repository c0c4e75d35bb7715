import assert from "node:assert/strict";
import { MemoryShelf } from "../../../support/chats/memoryShelf";
import { SessionHarness } from "../../../support/chats/sessionHarness";

describe("The chat of a window", () => {
	let shelf: MemoryShelf;
	let chat: SessionHarness;
	beforeEach(async () => {
		shelf = new MemoryShelf();
		chat = await SessionHarness.start(shelf);
	});

	it("begins empty, and has no file before the first message", () => {
		assert.equal(chat.store.state.access.kind, "open");
		assert.equal(shelf.chats.size, 0);
		assert.equal(chat.lastChatId, undefined);
	});

	it("is shown again after a reload of the window", async () => {
		await chat.exchange("u1", "Hello", "Hi");
		const again = await SessionHarness.start(shelf, chat.lastChatId);
		assert.deepEqual(again.said, ["Hello", "Hi"]);
		assert.equal(again.store.state.title, "Hello");
	});

	it("is new if the last one no longer exists", async () => {
		const again = await SessionHarness.start(shelf, "gone");
		assert.deepEqual(again.said, []);
		assert.equal(again.store.state.access.kind, "open");
	});

	it("stays on New Chat if it is untouched", async () => {
		const { id } = chat.chat.conversation;
		await chat.session.newChat();
		assert.equal(chat.chat.conversation.id, id);
	});

	it("is answered completely while another is shown", async () => {
		await chat.begin("u1", "one");
		chat.say("1");
		const { id } = chat.chat.conversation;
		await chat.session.newChat();
		assert.deepEqual(chat.said, []);
		chat.say(", 2");
		assert.deepEqual(chat.said, []);
		assert.equal(await chat.shown.show(id), true);
		assert.deepEqual(chat.said, ["one", "1, 2"]);
		assert.deepEqual(chat.answer.state, { kind: "running", progress: { kind: "decoding" } });
		chat.say(", 3");
		await chat.end("complete");
		assert.deepEqual(chat.said, ["one", "1, 2, 3"]);
	});

	it("waits for the answer in another chat", async () => {
		await chat.begin("u1", "one");
		await chat.session.newChat();
		chat.session.submit("u2", "two");
		assert.deepEqual(chat.answer.state, { kind: "running", progress: { kind: "waiting" } });
		assert.equal(chat.languageModel.prepares.length, 1);
		await chat.end("complete");
		await chat.prepare();
		await chat.trim();
		chat.say("2");
		await chat.end("complete");
		assert.deepEqual(chat.said, ["two", "2"]);
	});

	for (const how of ["before it began", "in its middle"] as const) {
		it(`reports an answer that failed ${how} while another is shown`, async () => {
			const failure = { kind: "modelFileMissing", path: "/m.gguf" } as const;
			if (how === "in its middle") {
				await chat.begin("u1", "one");
				chat.say("1");
			} else {
				chat.session.submit("u1", "one");
				await chat.settle();
			}
			const chatId = chat.chat.conversation.id;
			await chat.session.newChat();
			(how === "in its middle"
				? chat.languageModel.generates
				: chat.languageModel.prepares)[0]!.fail(failure);
			await chat.settle();
			assert.deepEqual(chat.window.failedUnseen, [{ chatId, title: "one", failure }]);
			assert.equal(chat.store.state.refusal, undefined);
			await chat.shown.show(chatId);
			assert.deepEqual(chat.answer.state, { kind: "ended", outcome: { kind: "failed", failure } });
		});
	}

	it("reports neither failures that it shows nor answers elsewhere that have ended", async () => {
		chat.session.submit("u1", "one");
		await chat.settle();
		chat.languageModel.prepares[0]!.fail({ kind: "modelNotChosen" });
		await chat.settle();
		await chat.begin("u2", "two");
		chat.languageModel.generates[0]!.fail({ kind: "modelNotChosen" });
		await chat.settle();
		await chat.begin("u3", "three");
		await chat.session.newChat();
		await chat.end("complete");
		assert.deepEqual(chat.window.failedUnseen, []);
	});

	it("reports unsaved changes until they are saved", async () => {
		await chat.exchange("u1", "one", "1");
		shelf.failWrites("ENOSPC");
		await chat.exchange("u2", "two", "2");
		assert.deepEqual(chat.store.state.notices, [{ kind: "notSaved", code: "ENOSPC" }]);
		shelf.failWrites(undefined);
		assert.deepEqual(chat.store.state.notices, []);
		assert.deepEqual((await SessionHarness.start(shelf, chat.lastChatId)).said, [
			"one",
			"1",
			"two",
			"2",
		]);
	});

	it("is read-only if its version is newer", async () => {
		await chat.exchange("u1", "one", "1");
		shelf.mark(chat.chat.conversation.id, { newerVersion: 99 });
		assert.deepEqual(chat.store.state.access, { kind: "newerVersion", version: 99 });
		chat.session.submit("u2", "two");
		chat.session.regenerate(chat.answer.id);
		chat.session.deleteTurn("u1");
		assert.deepEqual(chat.said, ["one", "1"]);
	});

	it("reports the unreadable part of its file", async () => {
		await chat.exchange("u1", "one", "1");
		const damage = { lostRecords: 2, keptAt: "/chats/damaged/x.jsonl" };
		shelf.mark(chat.chat.conversation.id, { damage });
		assert.deepEqual(chat.store.state.notices, [{ kind: "damaged", ...damage }]);
	});

	describe("in two windows", () => {
		let other: SessionHarness;
		beforeEach(async () => {
			await chat.exchange("u1", "one", "1");
			other = await SessionHarness.start(shelf, chat.lastChatId);
		});

		it("grows in one window while the other answers", async () => {
			await chat.begin("u2", "two");
			chat.say("2");
			chat.say(", 3");
			assert.deepEqual(other.said, ["one", "1", "two", "2, 3"]);
			assert.deepEqual(other.store.state.access, { kind: "answeredElsewhere" });
			assert.equal(other.answer.state.kind, "running");
			await chat.end("complete");
			assert.deepEqual(other.store.state.access, { kind: "open" });
			assert.deepEqual(other.answer.state, chat.answer.state);
		});

		it("never mixes two answers: the second window gets a refusal and its text back", async () => {
			await chat.begin("u2", "two");
			chat.say("2");
			other.session.submit("u3", "three");
			await other.settle();
			assert.deepEqual(other.store.state.refusal, {
				turnId: "u3",
				text: "three",
				failure: { kind: "answeredElsewhere" },
			});
			chat.say(", 3");
			await chat.end("complete");
			assert.deepEqual(chat.said, ["one", "1", "two", "2, 3"]);
			assert.deepEqual(other.languageModel.prepares, []);
		});

		it("has the same title and path in both", () => {
			other.chat.write([{ type: "title", text: "Numbers", by: "user" }], "now");
			assert.equal(chat.store.state.title, "Numbers");
			chat.session.deleteTurn("u1");
			assert.deepEqual(other.said, []);
		});
	});
});
