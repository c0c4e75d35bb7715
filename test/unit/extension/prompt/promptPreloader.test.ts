import assert from "node:assert/strict";
import { preloadDelayMs, preloadRetryMs } from "../../../../src/extension/prompt/promptPreloader";
import type { PromptMessages } from "../../../../src/protocol/inference/inference";
import { attachedCode, SessionHarness } from "../../../support/chats/sessionHarness";

const progress = { evaluatedTokens: 1, heldTokens: 1 };

describe("A message is read while it is written", () => {
	let chat: SessionHarness;
	beforeEach(async () => {
		chat = await SessionHarness.start();
	});

	function type(draft: string): void {
		chat.window.readAhead.draftTyped(draft);
	}

	async function wait(ms = preloadDelayMs): Promise<void> {
		chat.clock.advance(ms);
		await chat.settle();
	}

	/** How often the model was asked to read. */
	const asked = (): number => chat.languageModel.preloads.length;
	const last = () => chat.languageModel.preloads.at(-1)!;

	it("as it would be asked if it were sent now, with the code in front", async () => {
		await chat.exchange("u1", "How do I add two numbers?", "Use the plus sign.");
		chat.attachments.add([attachedCode("a1", "const a = 1;")]);
		type("\nExplain this ");
		await wait();
		const read: PromptMessages = last().args;
		assert.ok(read.at(-1)!.text.endsWith("const a = 1;\n```\n\nExplain this"));
		chat.session.submit("u2", "Explain this");
		await chat.prepare();
		assert.deepEqual(chat.languageModel.trims.at(-1)!.args, read);
	});

	it("once nothing more comes for a moment", async () => {
		type("H");
		await wait(preloadDelayMs - 1);
		type("How");
		await wait(preloadDelayMs - 1);
		assert.equal(asked(), 0);
		await wait(1);
		assert.equal(asked(), 1);
		assert.equal(last().args.at(-1)!.text, "How");
	});

	it("and not again where the same comes a second time", async () => {
		type("How");
		await wait();
		last().resolve(progress);
		await chat.settle();
		type("How");
		await wait();
		await wait(preloadRetryMs);
		assert.equal(asked(), 1);
	});

	it("in its newer version, and no longer in the one before", async () => {
		type("How");
		await wait();
		const { signal } = last();
		type("How do");
		assert.equal(signal.aborted, false);
		await wait();
		assert.equal(signal.aborted, true);
		assert.equal(last().args.at(-1)!.text, "How do");
	});

	it("no longer when it was deleted", async () => {
		type("How");
		await wait();
		type(" \n");
		assert.equal(last().signal.aborted, true);
		await wait();
		assert.equal(asked(), 1);
	});

	it("where it is code alone, until that is taken out", async () => {
		chat.attachments.add([attachedCode("a1", "const a = 1;")]);
		await wait();
		assert.match(last().args.at(-1)!.text, /const a = 1;/);
		chat.attachments.remove("a1");
		assert.equal(last().signal.aborted, true);
	});

	it("again after a moment where the model had something else to do", async () => {
		type("How");
		await wait();
		last().resolve(undefined);
		await chat.settle();
		await wait(preloadRetryMs - 1);
		assert.equal(asked(), 1);
		await wait(1);
		assert.equal(asked(), 2);
	});

	it("not while an answer is written, but right after it", async () => {
		await chat.begin("u1", "How do I add two numbers?");
		type("And three?");
		await wait();
		assert.equal(asked(), 0);
		chat.say("Use the plus sign.");
		await chat.end("complete");
		await wait();
		assert.equal(last().args.at(-1)!.text, "And three?");
		assert.equal(last().args.at(-2)!.text, "Use the plus sign.");
	});

	it("not while one waits to be sent before it", async () => {
		await chat.begin("u1", "one");
		chat.session.submit("u2", "two");
		await chat.end("stopped");
		type("three");
		await wait();
		assert.equal(asked(), 0);
	});

	it("not with a model that is not in memory, but as soon as that is there", async () => {
		const { model } = chat.store.state;
		const unloaded = { kind: "unloaded", name: "stepped", detail: "", gpu: "off" } as const;
		chat.store.publish({ type: "modelChanged", model: unloaded });
		type("How");
		await wait();
		assert.equal(asked(), 0);
		chat.store.publish({ type: "modelChanged", model });
		await wait();
		assert.equal(asked(), 1);
	});

	it("not in a conversation that another window answers in", async () => {
		chat.store.publish({ type: "accessChanged", access: { kind: "answeredElsewhere" } });
		type("How");
		await wait();
		assert.equal(asked(), 0);
	});

	it("no longer where another conversation is shown, until it is written on", async () => {
		await chat.exchange("u1", "one", "1");
		type("How");
		await wait();
		await chat.session.newChat();
		assert.equal(last().signal.aborted, true);
		await wait();
		assert.equal(asked(), 1);
		type("How do");
		await wait();
		assert.equal(asked(), 2);
	});

	it("not where the settings forbid it, from that moment on", async () => {
		type("How");
		await wait();
		chat.window.readsAhead = false;
		chat.set({});
		assert.equal(last().signal.aborted, true);
		type("How do");
		await wait();
		assert.equal(asked(), 1);
	});

	it("and what is too long for the context is told nobody before it is sent", async () => {
		type("word");
		await wait();
		const size = { limitTokens: 1, contextTokens: 512, trainedContextTokens: 512 };
		last().fail({ kind: "messageTooLong", tokens: 2, ...size });
		await chat.settle();
		assert.deepEqual(chat.log.lines, []);
		type("wor");
		await wait();
		assert.equal(asked(), 2);
	});

	it("after a failure not before its words change", async () => {
		type("How");
		await wait();
		last().fail({ kind: "internal", message: "died" });
		await chat.settle();
		assert.match(chat.log.lines.join("\n"), /warn preloading stops until/);
		chat.attachments.add([attachedCode("a1", "const a = 1;")]);
		await wait();
		assert.equal(asked(), 1);
		type("How do");
		await wait();
		assert.equal(asked(), 2);
	});

	it("no longer when the window closes", async () => {
		type("How");
		await wait();
		type("How do");
		chat.window.readAhead.dispose();
		assert.equal(last().signal.aborted, true);
		await wait();
		assert.equal(asked(), 1);
	});

	it("without a word of it in the log", async () => {
		type("secret");
		await wait();
		last().reject(new Error("a bug"));
		await chat.settle();
		assert.doesNotMatch(chat.log.lines.join("\n"), /secret/);
	});
});
