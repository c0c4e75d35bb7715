import assert from "node:assert/strict";
import { attachedCode, SessionHarness } from "../../../support/chats/sessionHarness";

describe("A message sent while an answer is running", () => {
	let chat: SessionHarness;
	beforeEach(async () => {
		chat = await SessionHarness.start();
		await chat.begin("u1", "one");
		chat.say("1");
	});

	it("is queued with its code, and sent when the answer has ended", async () => {
		chat.attachments.add([attachedCode("a1", "return 2;")]);
		chat.session.submit("u2", "two");
		assert.deepEqual(chat.said, ["one", "1"]);
		const { queued, attachments } = chat.store.state;
		assert.equal(queued?.text, "two");
		assert.deepEqual(
			queued.attachments.map(({ id }) => id),
			["a1"],
		);
		assert.deepEqual(attachments, []);
		await chat.end("complete");
		assert.equal(chat.store.state.queued, undefined);
		await chat.prepare();
		await chat.trim();
		chat.say("2");
		await chat.end("complete");
		assert.deepEqual(chat.said, ["one", "1", "two", "2"]);
		assert.match(chat.languageModel.generates.at(-1)!.args.messages.at(-1)!.text, /return 2;/);
	});

	it("is refused if another is queued", () => {
		chat.session.submit("u2", "two");
		chat.session.submit("u3", "three");
		assert.equal(chat.store.state.queued?.text, "two");
		assert.match(chat.log.lines.join("\n"), /warn a message was not sent/);
	});

	it("can be removed, which puts its code back into the composer", async () => {
		chat.attachments.add([attachedCode("a1", "return 2;")]);
		chat.session.submit("u2", "two");
		chat.session.removeQueued();
		assert.equal(chat.store.state.queued, undefined);
		assert.deepEqual(
			chat.store.state.attachments.map(({ id }) => id),
			["a1"],
		);
		await chat.end("complete");
		assert.deepEqual(chat.said, ["one", "1"]);
	});

	for (const how of ["stopped", "failed"] as const) {
		it(`stays queued after the answer was ${how}, until it is sent`, async () => {
			chat.session.submit("u2", "two");
			if (how === "stopped") {
				chat.session.stop();
				await chat.end("stopped");
			} else {
				chat.languageModel.generates[0]!.fail({ kind: "internal", message: "" });
				await chat.settle();
			}
			assert.equal(chat.store.state.queued?.text, "two");
			chat.session.sendQueued();
			assert.deepEqual(chat.said, ["one", "1", "two", ""]);
			assert.equal(chat.store.state.queued, undefined);
		});
	}

	it("stays queued after a restart of the window, and is not sent automatically", async () => {
		chat.session.submit("u2", "two");
		chat.session.dispose();
		await chat.end("stopped");
		const again = await SessionHarness.start(chat.library.shelf, chat.lastChatId);
		await again.settle();
		assert.equal(again.store.state.queued?.text, "two");
		assert.deepEqual(again.languageModel.prepares, []);
		again.session.sendQueued();
		assert.deepEqual(again.said, ["one", "1", "two", ""]);
	});
});

describe("A message queued behind a refused one", () => {
	const failure = { kind: "modelFileMissing", path: "/m.gguf" } as const;
	let chat: SessionHarness;
	beforeEach(async () => {
		chat = await SessionHarness.start();
		chat.attachments.add([attachedCode("a1", "return 1;")]);
		chat.session.submit("u1", "one");
		chat.session.submit("u2", "two");
		await chat.settle();
		chat.languageModel.prepares[0]!.fail(failure);
		await chat.settle();
		assert.deepEqual(chat.said, []);
		assert.deepEqual(chat.store.state.refusal, { turnId: "u1", text: "one", failure });
		assert.equal(chat.store.state.queued?.text, "two");
	});

	async function answer(reply: string): Promise<void> {
		await chat.prepare();
		await chat.trim();
		chat.say(reply);
		await chat.end("complete");
	}

	it("stays behind it on Retry, and follows automatically", async () => {
		chat.session.retry();
		assert.deepEqual(chat.said, ["one", ""]);
		assert.equal(chat.store.state.refusal, undefined);
		assert.deepEqual(chat.store.state.attachments, []);
		assert.equal(chat.store.state.queued?.text, "two");
		await answer("1");
		await answer("2");
		assert.deepEqual(chat.said, ["one", "1", "two", "2"]);
		assert.match(chat.languageModel.generates[0]!.args.messages.at(-1)!.text, /return 1;/);
	});

	it("stays behind it when the refused one is rewritten, but precedes any other", async () => {
		chat.session.submit("u3", "one, shorter");
		chat.session.submit("u4", "not taken: one waits");
		assert.deepEqual(chat.said, ["one, shorter", ""]);
		await answer("1");
		await answer("2");
		assert.deepEqual(chat.said, ["one, shorter", "1", "two", "2"]);
	});

	it("stays behind it after each refusal", async () => {
		for (const attempt of [1, 2]) {
			chat.session.retry();
			await chat.settle();
			chat.languageModel.prepares[attempt]!.fail(failure);
			await chat.settle();
			assert.equal(chat.store.state.refusal?.text, "one");
			assert.equal(chat.store.state.queued?.text, "two");
		}
		chat.session.retry();
		await answer("1");
		await answer("2");
		assert.deepEqual(chat.said, ["one", "1", "two", "2"]);
	});

	it("can be sent alone, while the refused one stays in the composer", async () => {
		chat.session.sendQueued();
		await answer("2");
		assert.deepEqual(chat.said, ["two", "2"]);
		assert.equal(chat.store.state.refusal, undefined);
	});
});

describe("A refused message that consists of code alone", () => {
	it("is dismissed by Retry if its code was removed since", async () => {
		const chat = await SessionHarness.start();
		chat.attachments.add([attachedCode("a1", "return 1;")]);
		chat.session.submit("u1", "");
		await chat.settle();
		chat.languageModel.prepares[0]!.fail({ kind: "modelFileMissing", path: "/m.gguf" });
		await chat.settle();
		chat.attachments.remove("a1");
		chat.session.retry();
		assert.equal(chat.store.state.refusal, undefined);
		assert.equal(chat.languageModel.prepares.length, 1);
	});
});
