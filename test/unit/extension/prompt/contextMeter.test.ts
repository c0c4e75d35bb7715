import assert from "node:assert/strict";
import { ContextMeter } from "../../../../src/extension/prompt/contextMeter";
import type { AttachedCode } from "../../../../src/extension/conversation/attachedCode";
import type { ContextUse } from "../../../../src/protocol/chat/contextUse";
import type { PromptMessages } from "../../../../src/protocol/inference/inference";
import { attachedCode, SessionHarness } from "../../../support/chats/sessionHarness";
import { countWords } from "../../../support/scripted/scriptedAnswers";

describe("The context meter", () => {
	let chat: SessionHarness;
	let meter: ContextMeter;
	/** The prompts that the model was asked to count, one entry per request. */
	let asked: (readonly PromptMessages[])[];
	let answer: (conversations: readonly PromptMessages[]) => Promise<readonly number[] | undefined>;

	beforeEach(async () => {
		chat = await SessionHarness.start();
		asked = [];
		answer = (conversations) => Promise.resolve(conversations.map(countWords));
		const { store, shown, attachments, clock, log } = chat;
		const countTokens = (conversations: readonly PromptMessages[]) => {
			asked.push(conversations);
			return answer(conversations);
		};
		meter = new ContextMeter({
			store,
			shown,
			attachments,
			clock,
			log,
			languageModel: { countTokens },
		});
	});
	afterEach(() => {
		meter.dispose();
		assert.deepEqual(chat.log.lines, []);
	});

	async function use(): Promise<ContextUse> {
		await chat.settle();
		const { contextUse } = chat.store.state;
		assert.ok(contextUse, "The context was not counted");
		return contextUse;
	}

	async function type(text: string): Promise<ContextUse> {
		meter.draftTyped(text);
		return use();
	}

	it("counts each part of the next prompt", async () => {
		await chat.exchange("u1", "one two three", "four five");
		chat.attachments.add([attachedCode("c1", "const six = 6;\n")]);
		const { systemTokens, historyTokens, attachmentTokens, draftTokens } = await type("seven");
		assert.equal(systemTokens, 5, "You are a helpful assistant.");
		assert.equal(historyTokens, 5);
		assert.ok(attachmentTokens >= 4, String(attachmentTokens));
		assert.equal(draftTokens, 1);
		chat.session.submit("u2", "seven");
		await chat.prepare();
		const sent = chat.languageModel.trims.at(-1)!.args;
		assert.equal(
			countWords(sent),
			systemTokens + historyTokens + attachmentTokens + draftTokens,
			"the counted prompt is the sent one",
		);
	});

	it("counts only the draft while it is being typed", async () => {
		await chat.exchange("u1", "one two three", "four five");
		await type("six");
		asked.length = 0;
		const { historyTokens, draftTokens } = await type("six seven");
		assert.deepEqual({ historyTokens, draftTokens }, { historyTokens: 5, draftTokens: 2 });
		assert.equal(asked.length, 1);
		assert.ok(
			asked
				.flat()
				.every((messages) => messages.every(({ text }) => !text.includes("one two three"))),
			"the conversation was counted again",
		);
	});

	it("counts again after changes during a count, but not for each keystroke", async () => {
		await type("one");
		let proceed = (): void => undefined;
		const blocked = new Promise<void>((resolve) => {
			proceed = resolve;
		});
		answer = async (conversations) => {
			await blocked;
			return conversations.map(countWords);
		};
		asked.length = 0;
		for (const text of ["one t", "one tw", "one two", "one two three"]) {
			meter.draftTyped(text);
			await chat.settle();
		}
		proceed();
		assert.equal((await use()).draftTokens, 3);
		assert.equal(asked.length, 2);
	});

	it("counts nothing without a loaded model, and forgets its count after an unload", async () => {
		await type("one");
		chat.store.publish({
			type: "modelChanged",
			model: { kind: "unloaded", name: "stepped", detail: "", gpu: "off" },
		});
		await chat.settle();
		assert.equal(chat.store.state.contextUse, undefined);
		asked.length = 0;
		meter.draftTyped("one two");
		await chat.settle();
		assert.deepEqual(asked, []);
	});

	it("counts only the turns that the model sees", async () => {
		await chat.exchange("u1", "one two three", "four five");
		await chat.exchange("u2", "six", "seven");
		assert.equal((await use()).historyTokens, 7);
		chat.store.publish({ type: "contextTrimmed", visibleFrom: "u2" });
		assert.equal((await use()).historyTokens, 2);
	});

	it("counts a growing answer every two seconds", async () => {
		await chat.begin("u1", "one two three");
		assert.equal((await use()).historyTokens, 3);
		chat.say("four five six ");
		chat.clock.advance(1_000);
		assert.equal((await use()).historyTokens, 3);
		chat.clock.advance(1_000);
		assert.equal((await use()).historyTokens, 6);
		await chat.end("complete");
		assert.equal((await use()).historyTokens, 6);
	});

	it("names the longest code, so that the user can remove it", async () => {
		const codes: AttachedCode[] = ["short", "the longest of them", "middle one"].map((code) =>
			attachedCode(code, code),
		);
		chat.attachments.add(codes);
		assert.equal((await use()).longestAttachmentId, codes[1]!.chip.id);
	});
});
