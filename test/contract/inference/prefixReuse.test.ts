import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { systemClock } from "../../../src/extension/base/clock";
import type { AnswerStats, AssistantTurn } from "../../../src/protocol/chat/chat";
import type { PreloadProgress } from "../../../src/protocol/inference/inference";
import { settingsState } from "../../support/view/chatStates";
import { ChatWindow } from "../../support/chats/chatWindow";
import {
	createLocalLanguageModel,
	inferenceModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { MemoryChatLibrary } from "../../support/chats/memoryChatLibrary";
import { attachedCode } from "../../support/chats/sessionHarness";
import { until } from "../../support/until";
import { never } from "./describeLanguageModel";

describe("what the model has read of a conversation is not read again", function () {
	this.timeout(60_000);
	let model: LocalModelFixture;
	let chat: ChatWindow;

	before(() => {
		model = createLocalLanguageModel(inferenceModule);
	});
	beforeEach(async () => {
		const { languageModel, log } = model;
		await languageModel.prepare(never);
		chat = await ChatWindow.open({
			languageModel,
			library: new MemoryChatLibrary(),
			settings: settingsState({ temperature: 0 }),
			clock: systemClock,
			log,
		});
	});
	afterEach(async () => {
		chat.readAhead.dispose();
		chat.session.dispose();
		// Each test begins with nothing read.
		await model.languageModel.unload();
	});

	/** @returns the last answer, once it has ended. */
	async function answered(): Promise<AssistantTurn> {
		await chat.session.whenSettled;
		const turn = chat.store.state.turns.at(-1);
		assert.equal(turn?.role, "assistant");
		return turn;
	}

	function statsOf({ state }: AssistantTurn): AnswerStats {
		assert.ok(state.kind === "ended" && "stats" in state.outcome && state.outcome.stats);
		return state.outcome.stats;
	}

	async function ask(text: string): Promise<AnswerStats> {
		chat.session.submit(randomUUID(), text);
		return statsOf(await answered());
	}

	/** Stops the answer to a question once some of it is there. */
	async function stopMidway(text: string): Promise<AnswerStats> {
		const subscription = chat.store.onDidPublish((fact) => {
			if (fact.type === "textAppended" && fact.offset > 40) {
				chat.session.stop();
			}
		});
		const stats = await ask(text);
		subscription.dispose();
		return stats;
	}

	it("by the second message", async () => {
		const first = await ask("Write a long story");
		assert.equal(first.evaluatedTokens, first.promptTokens);
		const second = await ask("Who are you?");
		const held = first.promptTokens + first.answerTokens;
		assert.equal(second.evaluatedTokens, second.promptTokens - held);
	});

	it("after Stop", async () => {
		const stopped = await stopMidway("Write a long story");
		const next = await ask("Who are you?");
		// The last token of an answer is never evaluated, and here it is not the one that ends the turn.
		const held = stopped.promptTokens + stopped.answerTokens - 1;
		assert.equal(next.evaluatedTokens, next.promptTokens - held);
	});

	it("by Continue", async () => {
		await stopMidway("Write a long story");
		chat.session.continueAnswer(chat.store.state.turns.at(-1)!.id);
		assert.equal(statsOf(await answered()).evaluatedTokens, 1);
	});

	it("by Regenerate", async () => {
		await ask("Who are you?");
		await ask("What is 7 * 8?");
		chat.session.regenerate(chat.store.state.turns.at(-1)!.id);
		assert.equal(statsOf(await answered()).evaluatedTokens, 1);
	});

	it("by an edited message, up to the edit", async () => {
		const first = await ask("Write a long story");
		const second = await ask("What is 7 * 8?");
		chat.session.edit(chat.store.state.turns.at(-2)!.id, randomUUID(), "What is 7 * 9?");
		const edited = statsOf(await answered());
		assert.ok(edited.promptTokens > first.promptTokens + first.answerTokens);
		assert.ok(edited.evaluatedTokens < second.evaluatedTokens);
	});

	it("after Clear, as far as the system prompt goes", async () => {
		await ask("Write a long story");
		await chat.session.clear();
		const next = await ask("Who are you?");
		assert.ok(next.evaluatedTokens < next.promptTokens / 2);
	});

	it("with Send, but for the last words, where it was read while it was written", async () => {
		const { languageModel } = model;
		const readAhead = languageModel.preload.bind(languageModel);
		let read: PreloadProgress | undefined;
		languageModel.preload = async (...asked) => (read = await readAhead(...asked));
		await ask("Who are you?");
		const code = Array.from({ length: 60 }, (_, line) => `const name${line} = ${line * 7};`);
		chat.attachments.add([attachedCode("a1", code.join("\n"))]);
		await until("the code was read", () => read);
		read = undefined;
		chat.readAhead.draftTyped("What is the value of");
		await until("the words were read", () => read);
		const { promptTokens, evaluatedTokens } = await ask("What is the value of name7?");
		assert.ok(promptTokens > 400, `prompt of ${promptTokens} tokens`);
		assert.ok(evaluatedTokens < 20, `${evaluatedTokens} tokens were left`);
	});
});
