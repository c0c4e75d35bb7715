import assert from "node:assert/strict";
import type { ChatFact } from "../../../../src/protocol/chat/chatEvent";
import { attachedCode, SessionHarness, stats } from "../../../support/chats/sessionHarness";

const missing = { kind: "modelFileMissing", path: "/models/gone.gguf" } as const;
const crashed = {
	kind: "processCrashed",
	exitCode: null,
	signal: "SIGKILL",
	lastLines: ["out of memory"],
	onGpu: false,
	reportId: "report",
	recovery: "none",
} as const;

describe("ChatSession", () => {
	let chat: SessionHarness;
	beforeEach(async () => {
		chat = await SessionHarness.start();
	});
	afterEach(() => {
		assert.deepEqual(
			chat.log.lines.filter((line) => line.startsWith("error")),
			[],
		);
	});

	describe("a message", () => {
		it("is shown with its running answer before the model is ready", () => {
			chat.session.submit("u1", "Hello");
			const [user, answer] = chat.store.state.turns;
			assert.deepEqual(user, { role: "user", id: "u1", text: "Hello", attachments: [] });
			assert.equal(answer?.role, "assistant");
			assert.deepEqual(chat.answer.state, { kind: "running", progress: { kind: "preparing" } });
		});

		it("is sent to the model with the current system prompt and settings", async () => {
			chat.set({ systemPrompt: "You are Bolton.", temperature: 0, maxTokens: 7 });
			await chat.begin("u1", "Hello");
			const { messages, options } = chat.languageModel.generates[0]!.args;
			assert.deepEqual(messages, [
				{ role: "system", text: "You are Bolton." },
				{ role: "user", text: "Hello" },
			]);
			const { maxTokens, temperature, thinking, answerNow } = options;
			assert.deepEqual(
				{ maxTokens, temperature, thinking },
				{ maxTokens: 7, temperature: 0, thinking: "auto" },
			);
			assert.equal(answerNow?.aborted, false);
		});

		it("ends only the thought of the named answer on Answer Now", async () => {
			await chat.begin("u1", "Hello");
			const { answerNow } = chat.languageModel.generates[0]!.args.options;
			chat.session.answerNow("another");
			assert.equal(answerNow?.aborted, false);
			chat.session.answerNow(chat.answer.id);
			assert.equal(answerNow.aborted, true);
			assert.equal(chat.answer.state.kind, "running");
		});

		it("is sent once, even if it arrives twice", async () => {
			await chat.exchange("u1", "Hello", "Hi");
			chat.session.submit("u1", "Hello");
			assert.equal(chat.store.state.turns.length, 2);
		});

		it("is ignored without text and code", () => {
			chat.session.submit("u1", " \n");
			assert.deepEqual(chat.store.state.turns, []);
		});

		it("can consist of code alone", async () => {
			chat.attachments.add([attachedCode("a1", "return 1;")]);
			chat.session.submit("u1", "");
			assert.equal(chat.store.state.attachments.length, 0);
			await chat.prepare();
			assert.match(chat.languageModel.trims[0]!.args[1]!.text, /return 1;/);
		});
	});

	describe("an answer", () => {
		it("grows as text arrives, and ends with its statistics", async () => {
			await chat.begin("u1", "Hello");
			chat.languageModel.generates[0]!.args.listener.onPrefill(5, 10);
			assert.deepEqual(chat.answer.state, {
				kind: "running",
				progress: { kind: "prefill", doneTokens: 5, totalTokens: 10 },
			});
			chat.say("Hi");
			assert.deepEqual(chat.answer.state, { kind: "running", progress: { kind: "decoding" } });
			chat.say(" there");
			assert.equal(chat.answer.reply, "Hi there");
			await chat.end("complete");
			assert.deepEqual(chat.answer.state, {
				kind: "ended",
				outcome: { kind: "complete", stats },
			});
		});

		it("appears complete at its end while streaming is off", async () => {
			chat.set({ streaming: false });
			await chat.begin("u1", "Hello");
			chat.say("Hi");
			chat.say(" there");
			assert.equal(chat.answer.reply, "");
			assert.deepEqual(chat.answer.state, { kind: "running", progress: { kind: "decoding" } });
			await chat.end("complete");
			assert.equal(chat.answer.reply, "Hi there");
			assert.equal(chat.facts.filter(({ type }) => type === "textAppended").length, 1);
		});

		it("shows its text so far when streaming is turned on", async () => {
			chat.set({ streaming: false });
			await chat.begin("u1", "Hello");
			chat.say("Hi");
			chat.set({ streaming: true });
			chat.say(" there");
			assert.equal(chat.answer.reply, "Hi there");
		});

		it("separates thoughts from the reply, and measures their time", async () => {
			await chat.begin("u1", "Hello");
			chat.say("hm", "thought");
			chat.clock.advance(2_000);
			assert.equal(chat.answer.thoughtDurationMs, undefined);
			chat.say("Hi");
			assert.equal(chat.answer.thought, "hm");
			assert.equal(chat.answer.thoughtDurationMs, 2_000);
			chat.clock.advance(1_000);
			await chat.end("complete");
			assert.equal(chat.answer.thoughtDurationMs, 2_000);
			assert.equal(chat.facts.filter(({ type }) => type === "thoughtEnded").length, 1);
		});

		it("has the time of its thought even without a reply, with and without streaming", async () => {
			chat.set({ streaming: false });
			await chat.begin("u1", "Hello");
			chat.say("hm", "thought");
			chat.clock.advance(500);
			await chat.end("maxTokens");
			assert.equal(chat.answer.thought, "hm");
			assert.equal(chat.answer.thoughtDurationMs, 500);
		});

		for (const [ending, outcome] of [
			["maxTokens", { kind: "maxTokens", maxTokens: 2048, stats }],
			["contextFull", { kind: "contextFull", contextTokens: 512, stats }],
			["stopped", { kind: "stopped", stats }],
		] as const) {
			it(`states that it ended by ${ending}`, async () => {
				await chat.begin("u1", "Hello");
				chat.say("Hi");
				await chat.end(ending);
				assert.deepEqual(chat.answer.state, { kind: "ended", outcome });
			});
		}

		it("is complete even without a single token", async () => {
			await chat.begin("u1", "Hello");
			chat.languageModel.generates[0]!.resolve({ ending: "complete", stats: undefined });
			await chat.settle();
			assert.equal(chat.answer.state.kind, "ended");
		});
	});

	describe("stop", () => {
		it("removes the message without a failure while the model is being prepared", async () => {
			chat.attachments.add([attachedCode("a1", "return 1;")]);
			chat.session.submit("u1", "Hello");
			await chat.settle();
			chat.session.stop();
			assert.equal(chat.languageModel.prepares[0]!.signal.aborted, true);
			chat.languageModel.prepares[0]!.resolve(undefined);
			await chat.settle();
			const { turns, refusal, attachments } = chat.store.state;
			assert.deepEqual(turns, []);
			assert.deepEqual(refusal, { turnId: "u1", text: "Hello", failure: undefined });
			assert.deepEqual(
				attachments.map(({ id }) => id),
				["a1"],
			);
		});

		it("shows no failure before generation, even if the backend reports one", async () => {
			chat.session.submit("u1", "Hello");
			await chat.prepare();
			chat.session.stop();
			chat.languageModel.trims[0]!.fail(crashed);
			await chat.settle();
			assert.equal(chat.store.state.refusal?.failure, undefined);
		});

		it("removes the message without a failure if the model itself stops before generation", async () => {
			chat.session.submit("u1", "Hello");
			await chat.prepare();
			chat.languageModel.trims[0]!.resolve(undefined);
			await chat.settle();
			assert.deepEqual(chat.store.state.turns, []);
			assert.deepEqual(chat.store.state.refusal, {
				turnId: "u1",
				text: "Hello",
				failure: undefined,
			});
			assert.equal(chat.languageModel.generates.length, 0);
		});

		it("keeps the text of a running answer", async () => {
			await chat.begin("u1", "Hello");
			chat.say("Hi");
			chat.session.stop();
			assert.equal(chat.languageModel.generates[0]!.signal.aborted, true);
			await chat.end("stopped");
			assert.equal(chat.answer.reply, "Hi");
		});

		it("does nothing without an answer", () => {
			chat.session.stop();
			assert.deepEqual(chat.facts, []);
		});
	});

	describe("a failure", () => {
		it("before generation removes the message and states the reason", async () => {
			chat.session.submit("u1", "Hello");
			await chat.settle();
			chat.languageModel.prepares[0]!.fail(missing);
			await chat.settle();
			assert.deepEqual(chat.store.state.turns, []);
			assert.deepEqual(chat.store.state.refusal, {
				turnId: "u1",
				text: "Hello",
				failure: missing,
			});
		});

		it("of a message that is too long is reported before generation", async () => {
			const failure = {
				kind: "messageTooLong",
				tokens: 900,
				limitTokens: 400,
				contextTokens: 512,
				trainedContextTokens: 512,
			} as const;
			chat.session.submit("u1", "Hello");
			await chat.prepare();
			chat.languageModel.trims[0]!.fail(failure);
			await chat.settle();
			assert.deepEqual(chat.store.state.refusal?.failure, failure);
			assert.equal(chat.languageModel.generates.length, 0);
		});

		it("during generation keeps the text so far", async () => {
			await chat.begin("u1", "Hello");
			chat.say("Hi");
			chat.languageModel.generates[0]!.fail(crashed);
			await chat.settle();
			assert.equal(chat.answer.reply, "Hi");
			assert.deepEqual(chat.answer.state, {
				kind: "ended",
				outcome: { kind: "failed", failure: crashed },
			});
		});

		it("during generation keeps the text so far without streaming, too", async () => {
			chat.set({ streaming: false });
			await chat.begin("u1", "Hello");
			chat.say("Hi");
			chat.languageModel.generates[0]!.fail(crashed);
			await chat.settle();
			assert.equal(chat.answer.reply, "Hi");
		});

		it("does not prevent the next message", async () => {
			await chat.begin("u1", "Hello");
			chat.languageModel.generates[0]!.fail(crashed);
			await chat.settle();
			await chat.exchange("u2", "Again", "Hi");
			assert.equal(chat.answer.reply, "Hi");
		});
	});

	describe("retry", () => {
		it("regenerates a failed answer without text, in its place", async () => {
			await chat.begin("u1", "Hello");
			chat.languageModel.generates[0]!.fail(crashed);
			await chat.settle();
			const failedId = chat.answer.id;
			chat.session.retry();
			assert.equal(chat.store.state.turns.length, 2);
			assert.notEqual(chat.answer.id, failedId);
			assert.deepEqual(chat.store.state.versions, {});
			await chat.prepare();
			await chat.trim();
			assert.deepEqual(
				chat.languageModel.generates[1]!.args.messages.map(({ text }) => text),
				["You are a helpful assistant.", "Hello"],
			);
			chat.say("Hi there");
			await chat.end("complete");
			assert.equal(chat.answer.reply, "Hi there");
		});

		it("keeps the text of a failed answer as another version", async () => {
			await chat.begin("u1", "Hello");
			chat.say("Hi th");
			chat.languageModel.generates[0]!.fail(crashed);
			await chat.settle();
			const failedId = chat.answer.id;
			chat.session.retry();
			assert.deepEqual(chat.store.state.versions, { [chat.answer.id]: [failedId, chat.answer.id] });
		});

		it("states in place of the answer why it cannot begin", async () => {
			await chat.begin("u1", "Hello");
			chat.languageModel.generates[0]!.fail(crashed);
			await chat.settle();
			chat.session.retry();
			await chat.settle();
			chat.languageModel.prepares[1]!.fail(missing);
			await chat.settle();
			assert.equal(chat.store.state.turns.length, 2);
			assert.deepEqual(chat.answer.state, {
				kind: "ended",
				outcome: { kind: "failed", failure: missing },
			});
		});

		it("leaves the failed answer if it is stopped before it begins, and can be repeated", async () => {
			await chat.begin("u1", "Hello");
			chat.languageModel.generates[0]!.fail(crashed);
			await chat.settle();
			const failedId = chat.answer.id;
			chat.session.retry();
			await chat.settle();
			chat.session.stop();
			chat.languageModel.prepares[1]!.resolve(undefined);
			await chat.settle();
			assert.equal(chat.answer.id, failedId);
			assert.equal(chat.answer.state.kind, "ended");
			assert.deepEqual(chat.store.state.versions, {});
			chat.session.retry();
			await chat.settle();
			assert.equal(chat.languageModel.prepares.length, 3);
		});

		it("resends a refused message", async () => {
			chat.session.submit("u1", "Hello");
			await chat.settle();
			chat.languageModel.prepares[0]!.fail(missing);
			await chat.settle();
			chat.session.retry();
			assert.equal(chat.store.state.refusal, undefined);
			await chat.prepare();
			await chat.trim();
			chat.say("Hi");
			await chat.end("complete");
			assert.deepEqual(
				chat.store.state.turns.map(({ role }) => role),
				["user", "assistant"],
			);
		});

		it("generates once on a double click", async () => {
			await chat.begin("u1", "Hello");
			chat.languageModel.generates[0]!.fail(crashed);
			await chat.settle();
			chat.session.retry();
			chat.session.retry();
			await chat.settle();
			assert.equal(chat.languageModel.prepares.length, 2);
		});

		it("does nothing if the answer did not fail", async () => {
			await chat.exchange("u1", "Hello", "Hi");
			chat.session.retry();
			assert.equal(chat.languageModel.prepares.length, 1);
		});
	});

	describe("a conversation that exceeds the context", () => {
		it("is sent completely once, and names the first turn that the model sees", async () => {
			await chat.exchange("u1", "one", "1");
			await chat.exchange("u2", "two", "2");
			chat.session.submit("u3", "three");
			await chat.prepare();
			await chat.trim(3);
			assert.equal(chat.store.state.visibleFrom, "u2");
			assert.deepEqual(
				chat.languageModel.generates.at(-1)!.args.messages.map(({ text }) => text),
				["You are a helpful assistant.", "one", "1", "two", "2", "three"],
			);
			await chat.end("complete");
			await chat.begin("u4", "four");
			assert.equal(chat.store.state.visibleFrom, undefined, "it fits again");
		});
	});

	it("stops a running answer on disposal, and saves its text as interrupted", async () => {
		await chat.begin("u1", "Hello");
		chat.say("Hi");
		chat.session.dispose();
		const published = chat.facts.length;
		chat.say(" there");
		await chat.end("stopped");
		assert.equal(chat.facts.length, published);
		assert.equal(chat.languageModel.generates[0]!.signal.aborted, true);
		const again = await SessionHarness.start(chat.library.shelf, chat.lastChatId);
		assert.equal(again.answer.reply, "Hi");
		assert.deepEqual(again.answer.state, { kind: "ended", outcome: { kind: "interrupted" } });
	});
});

describe("A bug in ChatSession", () => {
	it("ends the turn with an internal failure, and logs the stack", async () => {
		const chat = await SessionHarness.start();
		await chat.begin("u1", "Hello");
		chat.languageModel.generates[0]!.reject(new TypeError("x is undefined"));
		await chat.settle();
		assert.deepEqual(chat.answer.state, {
			kind: "ended",
			outcome: { kind: "failed", failure: { kind: "internal", message: "x is undefined" } },
		});
		assert.match(chat.log.lines.at(-1)!, /^error TypeError: x is undefined\n\s+at /);
	});

	/** Makes the first fact of a type fail, like a fact that does not fit the state. */
	function failOnce(chat: SessionHarness, type: ChatFact["type"]): void {
		const { store } = chat;
		const publish = store.publish.bind(store);
		store.publish = (fact) => {
			if (fact.type === type) {
				store.publish = publish;
				throw new Error("a bug");
			}
			publish(fact);
		};
	}
	const internal = {
		kind: "ended",
		outcome: { kind: "failed", failure: { kind: "internal", message: "a bug" } },
	} as const;

	it("in the end of an answer leaves no answer running", async () => {
		const chat = await SessionHarness.start();
		await chat.begin("u1", "Hello");
		chat.say("Hi");
		failOnce(chat, "turnEnded");
		await chat.end("complete");
		assert.deepEqual(chat.answer.state, internal);
		assert.match(chat.log.lines.at(-1)!, /^error Error: a bug\n\s+at /);
		await chat.exchange("u2", "Again", "Hi");
		assert.equal(chat.answer.reply, "Hi");
	});

	it("in returning a message leaves no answer running", async () => {
		const chat = await SessionHarness.start();
		chat.session.submit("u1", "Hello");
		await chat.settle();
		failOnce(chat, "refused");
		chat.languageModel.prepares[0]!.fail(missing);
		await chat.settle();
		assert.deepEqual(chat.said, []);
		await chat.exchange("u2", "Again", "Hi");
		assert.equal(chat.answer.reply, "Hi");
	});

	it("in text that is kept until the end leaves no answer running", async () => {
		const chat = await SessionHarness.start();
		chat.set({ streaming: false });
		await chat.begin("u1", "Hello");
		chat.say("Hi");
		failOnce(chat, "textAppended");
		chat.languageModel.generates[0]!.fail(crashed);
		await chat.settle();
		assert.deepEqual(chat.answer.state, internal);
	});

	it("in the end of an answer does not prevent clearing the chat", async () => {
		const chat = await SessionHarness.start();
		await chat.begin("u1", "Hello");
		failOnce(chat, "turnEnded");
		await chat.session.clear();
		assert.deepEqual(chat.store.state.turns, []);
	});

	it("that prevents the end of an answer is logged, and the next message is sent", async () => {
		const chat = await SessionHarness.start();
		await chat.begin("u1", "Hello");
		const publish = chat.store.publish.bind(chat.store);
		chat.store.publish = () => {
			throw new Error("a bug");
		};
		await chat.end("complete");
		await chat.session.whenSettled;
		chat.store.publish = publish;
		assert.equal(chat.log.lines.filter((line) => line.startsWith("error")).length, 2);
		chat.session.submit("u2", "Again");
		assert.equal(chat.store.state.turns.length, 4);
	});
});
