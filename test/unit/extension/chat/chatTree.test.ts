import assert from "node:assert/strict";
import { attachedCode, SessionHarness, stats } from "../../../support/chats/sessionHarness";

describe("A conversation as a tree", () => {
	let chat: SessionHarness;
	beforeEach(async () => {
		chat = await SessionHarness.start();
	});

	/** Completes the latest requested answer. */
	async function answerWith(reply: string): Promise<void> {
		await chat.prepare();
		await chat.trim();
		chat.say(reply);
		await chat.end("complete");
	}

	/** Returns what a new window shows that opens the same store. */
	async function reopened(): Promise<SessionHarness> {
		return SessionHarness.start(chat.library.shelf, chat.lastChatId);
	}

	describe("regenerate", () => {
		it("adds a version of an answer, and keeps the first", async () => {
			await chat.exchange("u1", "Hello", "Hi");
			const first = chat.answer.id;
			chat.session.regenerate(first);
			assert.deepEqual(chat.said, ["Hello", ""]);
			await answerWith("Good day");
			assert.deepEqual(chat.said, ["Hello", "Good day"]);
			assert.deepEqual(chat.store.state.versions, { [chat.answer.id]: [first, chat.answer.id] });
		});

		it("of an earlier answer begins another path", async () => {
			await chat.exchange("u1", "one", "1");
			const first = chat.answer.id;
			await chat.exchange("u2", "two", "2");
			chat.session.regenerate(first);
			await answerWith("I");
			assert.deepEqual(chat.said, ["one", "I"]);
			assert.deepEqual(
				chat.languageModel.generates.at(-1)!.args.messages.map(({ text }) => text),
				["You are a helpful assistant.", "one"],
			);
			chat.session.showVersion(first);
			assert.deepEqual(chat.said, ["one", "1", "two", "2"], "with what followed it last");
		});

		it("shows the previous answer if it is stopped before it begins", async () => {
			await chat.exchange("u1", "one", "1");
			chat.session.regenerate(chat.answer.id);
			await chat.settle();
			chat.session.stop();
			chat.languageModel.prepares.at(-1)!.resolve(undefined);
			await chat.settle();
			assert.deepEqual(chat.said, ["one", "1"]);
			assert.deepEqual(chat.store.state.versions, {});
		});

		it("does nothing while an answer is running", async () => {
			await chat.exchange("u1", "one", "1");
			const first = chat.answer.id;
			await chat.begin("u2", "two");
			chat.session.regenerate(first);
			assert.deepEqual(chat.said, ["one", "1", "two", ""]);
		});
	});

	describe("edit", () => {
		it("sends another version of a message, with its code, and keeps the first with its later turns", async () => {
			chat.attachments.add([attachedCode("a1", "return 1;")]);
			await chat.exchange("u1", "Explain", "It returns 1.");
			await chat.exchange("u2", "Thanks", "Welcome");
			chat.session.edit("u1", "u3", "Explain in French");
			await answerWith("Il renvoie 1.");
			assert.deepEqual(chat.said, ["Explain in French", "Il renvoie 1."]);
			assert.match(chat.languageModel.generates.at(-1)!.args.messages[1]!.text, /return 1;/);
			assert.deepEqual(chat.store.state.versions, { u3: ["u1", "u3"] });
			chat.session.showVersion("u1");
			assert.deepEqual(chat.said, ["Explain", "It returns 1.", "Thanks", "Welcome"]);
		});

		it("stays if the model refuses it, with the reason as its answer", async () => {
			const missing = { kind: "modelFileMissing", path: "/gone.gguf" } as const;
			await chat.exchange("u1", "one", "1");
			chat.session.edit("u1", "u2", "uno");
			await chat.settle();
			chat.languageModel.prepares.at(-1)!.fail(missing);
			await chat.settle();
			assert.deepEqual(chat.said, ["uno", ""]);
			assert.deepEqual(chat.answer.state, {
				kind: "ended",
				outcome: { kind: "failed", failure: missing },
			});
		});

		it("does nothing without text and code", async () => {
			await chat.exchange("u1", "one", "1");
			chat.session.edit("u1", "u2", " ");
			assert.deepEqual(chat.said, ["one", "1"]);
		});
	});

	it("shows the turns that last followed a version", async () => {
		await chat.exchange("u1", "one", "1");
		const first = chat.answer.id;
		chat.session.regenerate(first);
		await answerWith("I");
		chat.session.showVersion(first);
		const again = await reopened();
		assert.deepEqual(again.said, ["one", "1"]);
		assert.equal(again.store.state.versions[first]?.length, 2);
	});

	describe("delete", () => {
		it("removes a turn and all turns below it, and undo restores them", async () => {
			await chat.exchange("u1", "one", "1");
			await chat.exchange("u2", "two", "2");
			chat.session.deleteTurn("u2");
			assert.deepEqual(chat.said, ["one", "1"]);
			assert.deepEqual(chat.store.state.undoable, { kind: "deleteTurns", count: 2 });
			await chat.session.undo();
			assert.deepEqual(chat.said, ["one", "1", "two", "2"]);
			assert.equal(chat.store.state.undoable, undefined);
		});

		it("shows the version beside the deleted one", async () => {
			await chat.exchange("u1", "one", "1");
			const first = chat.answer.id;
			chat.session.regenerate(first);
			await answerWith("I");
			chat.session.deleteTurn(chat.answer.id);
			assert.deepEqual(chat.said, ["one", "1"]);
			assert.deepEqual(chat.store.state.versions, {});
			assert.deepEqual((await reopened()).said, ["one", "1"]);
		});

		it("hides deleted turns from the model", async () => {
			await chat.exchange("u1", "one", "1");
			await chat.exchange("u2", "secret", "2");
			chat.session.deleteTurn("u2");
			await chat.exchange("u3", "three", "3");
			assert.doesNotMatch(
				JSON.stringify(chat.languageModel.generates.at(-1)!.args.messages),
				/secret/,
			);
		});

		it("can be undone until the next message, even much later", async () => {
			await chat.exchange("u1", "one", "1");
			chat.session.deleteTurn("u1");
			chat.clock.advance(24 * 3_600_000);
			assert.deepEqual(chat.store.state.undoable, { kind: "deleteTurns", count: 2 });
			await chat.session.undo();
			assert.deepEqual(chat.said, ["one", "1"]);
			chat.session.deleteTurn("u1");
			await chat.exchange("u2", "two", "2");
			assert.equal(chat.store.state.undoable, undefined);
			await chat.session.undo();
			assert.deepEqual(chat.said, ["two", "2"]);
		});

		it("is undone step by step, the latest first", async () => {
			for (const [id, text] of [
				["u1", "one"],
				["u2", "two"],
				["u3", "three"],
			] as const) {
				await chat.exchange(id, text, text.toUpperCase());
			}
			chat.session.deleteTurn("u3");
			chat.session.deleteTurn("u2");
			await chat.session.undo();
			assert.deepEqual(chat.said, ["one", "ONE", "two", "TWO"]);
			assert.deepEqual(chat.store.state.undoable, { kind: "deleteTurns", count: 2 });
			await chat.session.undo();
			assert.deepEqual(chat.said, ["one", "ONE", "two", "TWO", "three", "THREE"]);
			assert.equal(chat.store.state.undoable, undefined);
		});

		for (const [what, look] of [
			[
				"a look at another version",
				() => {
					chat.session.showVersion("u0");
				},
			],
			["a look at another conversation", () => lookAway()],
		] as const) {
			it(`can still be undone after ${what}`, async () => {
				await chat.exchange("u0", "zero", "0");
				chat.session.edit("u0", "u1", "one");
				await answerWith("1");
				await chat.exchange("u2", "two", "2");
				chat.session.deleteTurn("u2");
				await look();
				await chat.settle();
				assert.deepEqual(chat.store.state.undoable, { kind: "deleteTurns", count: 2 });
				await chat.session.undo();
				assert.deepEqual(chat.said, ["one", "1", "two", "2"]);
			});
		}

		it("of all turns removes a title from the model, but not one from the user", async () => {
			for (const by of ["model", "user"] as const) {
				await chat.shown.startNew();
				const id = `of ${by}`;
				await chat.exchange(id, "one", "1");
				chat.chat.write([{ type: "title", text: "Numbers", by }], "now");
				chat.shown.refresh(chat.chat);
				chat.session.deleteTurn(id);
				assert.equal(chat.store.state.title, by === "model" ? "" : "Numbers");
				await chat.session.undo();
				assert.equal(chat.store.state.title, "Numbers");
			}
		});

		/** Shows a new chat, then the previous one again. */
		async function lookAway(): Promise<void> {
			const { id } = chat.chat.conversation;
			await chat.session.newChat();
			assert.equal(chat.store.state.undoable, undefined);
			await chat.shown.show(id);
		}
	});

	describe("clear", () => {
		it("begins a new chat, and keeps the previous one", async () => {
			await chat.exchange("u1", "Hello", "Hi");
			const { id } = chat.chat.conversation;
			chat.chat.write([{ type: "title", text: "Greetings", by: "model" }], "now");
			chat.shown.refresh(chat.chat);
			await chat.session.clear();
			assert.deepEqual(chat.said, []);
			assert.equal(chat.store.state.title, "");
			await chat.exchange("u2", "Anew", "Well");
			assert.deepEqual(chat.store.state.versions, {}, "nothing leads back into what was cleared");
			assert.equal(chat.store.state.title, "Anew");
			const titles = (await chat.library.list()).chats.map(({ title }) => title);
			assert.deepEqual(titles.toSorted(), ["Anew", "Greetings"]);
			await chat.shown.show(id);
			assert.deepEqual(chat.said, ["Hello", "Hi"]);
		});

		it("can be undone until the first message, even much later", async () => {
			await chat.exchange("u1", "Hello", "Hi");
			const before = chat.store.state.turns;
			await chat.session.clear();
			chat.clock.advance(24 * 3_600_000);
			assert.deepEqual(chat.store.state.undoable, { kind: "clear" });
			await chat.session.undo();
			await chat.settle();
			assert.deepEqual(chat.store.state.turns, before);
			assert.equal(chat.store.state.undoable, undefined);
			assert.equal(chat.clock.pending, 0);
		});

		it("cannot be undone after the first message", async () => {
			await chat.exchange("u1", "Hello", "Hi");
			await chat.session.clear();
			chat.session.submit("u2", "Anew");
			assert.equal(chat.store.state.undoable, undefined);
			await chat.session.undo();
			assert.deepEqual(chat.said, ["Anew", ""]);
		});

		it("can be undone after a double click", async () => {
			await chat.exchange("u1", "Hello", "Hi");
			await Promise.all([chat.session.clear(), chat.session.clear()]);
			await chat.session.clear();
			assert.deepEqual(chat.said, []);
			await chat.session.undo();
			await chat.settle();
			assert.deepEqual(chat.said, ["Hello", "Hi"]);
			assert.equal(chat.store.state.undoable, undefined);
		});

		it("is undone before an earlier deletion", async () => {
			await chat.exchange("u1", "one", "1");
			await chat.exchange("u2", "two", "2");
			chat.session.deleteTurn("u2");
			await chat.session.clear();
			await chat.session.undo();
			await chat.settle();
			assert.deepEqual(chat.said, ["one", "1"]);
			await chat.session.undo();
			assert.deepEqual(chat.said, ["one", "1", "two", "2"]);
		});

		it("cannot be undone if the chat was deleted since", async () => {
			await chat.exchange("u1", "Hello", "Hi");
			const { id } = chat.chat.conversation;
			await chat.session.clear();
			await chat.session.letGo(id);
			await chat.library.delete(id);
			assert.equal(chat.store.state.undoable, undefined);
			await chat.session.undo();
			assert.deepEqual(chat.said, []);
		});

		it("does nothing in an untouched chat", async () => {
			const { id } = chat.chat.conversation;
			await chat.session.clear();
			assert.equal(chat.chat.conversation.id, id);
			assert.equal(chat.store.state.undoable, undefined);
		});

		it("leaves a read-only chat unchanged", async () => {
			await chat.exchange("u1", "Hello", "Hi");
			const { id } = chat.chat.conversation;
			chat.library.shelf.mark(id, { newerVersion: 99 });
			await chat.session.clear();
			assert.deepEqual(chat.said, []);
			await chat.session.undo();
			assert.equal(chat.chat.conversation.id, id);
		});

		it("stops a running answer, and undo restores its text", async () => {
			await chat.begin("u1", "Hello");
			chat.say("Hi");
			await chat.session.clear();
			assert.equal(chat.languageModel.generates[0]!.signal.aborted, true);
			assert.deepEqual(chat.store.state.turns, []);
			await chat.session.undo();
			assert.equal(chat.answer.reply, "Hi");
			assert.equal(chat.answer.state.kind, "ended");
		});

		it("keeps late text of the cleared answer out of the next one", async () => {
			await chat.begin("u1", "Hello");
			await chat.session.clear();
			chat.session.submit("u2", "Anew");
			const late = chat.languageModel.generates[0]!;
			late.args.listener.onPrefill(1, 2);
			late.args.listener.onText("reply", "too late");
			assert.equal(chat.answer.reply, "");
			await chat.settle();
			assert.equal(chat.languageModel.prepares.length, 1, "the backend is still ending the first");
			late.resolve({ ending: "stopped", stats });
			await chat.prepare();
			await chat.trim();
			chat.say("Hi");
			await chat.end("complete");
			assert.equal(chat.answer.reply, "Hi");
		});
	});
});
