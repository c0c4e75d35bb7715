import assert from "node:assert/strict";
import { preloadDelayMs, preloadRetryMs } from "../../../../src/extension/prompt/promptPreloader";
import type { PromptMessages } from "../../../../src/protocol/inference/inference";
import { attachedCode, SessionHarness } from "../../../support/chats/sessionHarness";

const progress = { evaluatedTokens: 1, heldTokens: 1 };

describe("The preloader", () => {
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

	/** Returns how often preloading was requested. */
	const asked = (): number => chat.languageModel.preloads.length;
	const last = () => chat.languageModel.preloads.at(-1)!;

	it("preloads the prompt as if the message were sent now, code first", async () => {
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

	it("preloads after a pause in typing", async () => {
		type("H");
		await wait(preloadDelayMs - 1);
		type("How");
		await wait(preloadDelayMs - 1);
		assert.equal(asked(), 0);
		await wait(1);
		assert.equal(asked(), 1);
		assert.equal(last().args.at(-1)!.text, "How");
	});

	it("does not preload the same draft twice", async () => {
		type("How");
		await wait();
		last().resolve(progress);
		await chat.settle();
		type("How");
		await wait();
		await wait(preloadRetryMs);
		assert.equal(asked(), 1);
	});

	it("preloads a new version, and stops the previous one", async () => {
		type("How");
		await wait();
		const { signal } = last();
		type("How do");
		assert.equal(signal.aborted, false);
		await wait();
		assert.equal(signal.aborted, true);
		assert.equal(last().args.at(-1)!.text, "How do");
	});

	it("stops when the draft is deleted", async () => {
		type("How");
		await wait();
		type(" \n");
		assert.equal(last().signal.aborted, true);
		await wait();
		assert.equal(asked(), 1);
	});

	it("preloads code alone, until it is removed", async () => {
		chat.attachments.add([attachedCode("a1", "const a = 1;")]);
		await wait();
		assert.match(last().args.at(-1)!.text, /const a = 1;/);
		chat.attachments.remove("a1");
		assert.equal(last().signal.aborted, true);
	});

	it("retries after a moment if the model was busy", async () => {
		type("How");
		await wait();
		last().resolve(undefined);
		await chat.settle();
		await wait(preloadRetryMs - 1);
		assert.equal(asked(), 1);
		await wait(1);
		assert.equal(asked(), 2);
	});

	it("waits for a running answer, and begins right after it", async () => {
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

	it("waits while another message is queued", async () => {
		await chat.begin("u1", "one");
		chat.session.submit("u2", "two");
		await chat.end("stopped");
		type("three");
		await wait();
		assert.equal(asked(), 0);
	});

	it("waits until the model is loaded", async () => {
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

	it("waits while another window answers in the chat", async () => {
		chat.store.publish({ type: "accessChanged", access: { kind: "answeredElsewhere" } });
		type("How");
		await wait();
		assert.equal(asked(), 0);
	});

	it("stops when another chat is shown, until the draft changes", async () => {
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

	it("stops when the settings turn it off", async () => {
		type("How");
		await wait();
		chat.window.readsAhead = false;
		chat.set({});
		assert.equal(last().signal.aborted, true);
		type("How do");
		await wait();
		assert.equal(asked(), 1);
	});

	it("does not report a message that is too long before it is sent", async () => {
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

	it("pauses after a failure until the draft changes", async () => {
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

	it("stops when the window closes", async () => {
		type("How");
		await wait();
		type("How do");
		chat.window.readAhead.dispose();
		assert.equal(last().signal.aborted, true);
		await wait();
		assert.equal(asked(), 1);
	});

	it("keeps the message out of the log", async () => {
		type("secret");
		await wait();
		last().reject(new Error("a bug"));
		await chat.settle();
		assert.doesNotMatch(chat.log.lines.join("\n"), /secret/);
	});
});
