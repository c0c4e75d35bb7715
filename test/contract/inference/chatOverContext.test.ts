import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { ChatSession } from "../../../src/extension/chat/chatSession";
import type { ChatStore } from "../../../src/extension/chat/chatStore";
import { systemClock } from "../../../src/extension/base/clock";
import type { AssistantTurn, Turn } from "../../../src/protocol/chat/chat";
import type { Message } from "../../../src/protocol/inference/inference";
import { settingsState } from "../../support/view/chatStates";
import { ChatWindow } from "../../support/chats/chatWindow";
import {
	createLocalLanguageModel,
	inferenceModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { MemoryChatLibrary } from "../../support/chats/memoryChatLibrary";
import { never, options, trimmed } from "./describeLanguageModel";

const contextTokens = 256;
/** What stays for a prompt while answers may have as many tokens as these. */
const limitTokens = 192;

/** Questions with the model's exact answers, in any order and number. */
const exchanges = [
	["Who are you?", "I am a tiny demo model."],
	["What is 7 * 8?", "7 * 8 = 56"],
	["Repeat: green tea", "green tea"],
	["Count from 3 to 6", "3, 4, 5, 6"],
] as const;

describe("a conversation that outgrows the context of the demo model", function () {
	this.timeout(30_000);
	let model: LocalModelFixture;
	let store: ChatStore;
	let session: ChatSession;

	before(() => {
		model = createLocalLanguageModel(inferenceModule, { contextTokens });
	});
	beforeEach(async () => {
		const { languageModel, log } = model;
		({ store, session } = await ChatWindow.open({
			languageModel,
			library: new MemoryChatLibrary(),
			settings: settingsState({ temperature: 0 }),
			clock: systemClock,
			log,
		}));
	});
	afterEach(() => {
		session.dispose();
		assert.deepEqual(
			model.log.lines.filter((line) => line.startsWith("error")),
			[],
		);
	});
	after(() => model.languageModel.unload());

	/** @returns the last turn once the message is dealt with. */
	async function send(text: string): Promise<Turn | undefined> {
		session.submit(randomUUID(), text);
		await session.whenSettled;
		return store.state.turns.at(-1);
	}

	async function answerTo(text: string): Promise<AssistantTurn> {
		const turn = await send(text);
		assert.equal(turn?.role, "assistant");
		return turn;
	}

	/** Talks until the model no longer sees all of it. */
	async function outgrow(): Promise<void> {
		for (let turns = 0; store.state.visibleFrom === undefined; turns += 1) {
			assert.ok(turns < 40, "40 turns fit into the context");
			const [question, answer] = exchanges[turns % exchanges.length]!;
			assert.equal((await answerTo(question)).reply, answer);
		}
	}

	/** The messages for the turns from `first` on. */
	function messagesFrom(first: number): readonly Message[] {
		const { turns, settings } = store.state;
		return [
			{ role: "system", text: settings.effective.systemPrompt },
			...turns.slice(first).map((turn): Message => {
				return turn.role === "user"
					? { role: "user", text: turn.text }
					: { role: "assistant", text: turn.reply };
			}),
		];
	}

	it("gives correct answers, and names the first turn that the model sees", async () => {
		await outgrow();
		const [question, answer] = exchanges[1];
		assert.equal((await answerTo(question)).reply, answer);
		const { turns, visibleFrom } = store.state;
		const first = turns.findIndex(({ id }) => id === visibleFrom);
		assert.ok(first > 0);
		assert.equal(turns[first]?.role, "user");
		// Leaves out the last answer, as in the request. The conversation fits from `first` on, but not from the turn before it.
		const { languageModel } = model;
		const seen = await trimmed(languageModel, messagesFrom(first).slice(0, -1), options, never);
		assert.equal(seen?.keptFrom, 1);
		const more = await trimmed(languageModel, messagesFrom(first - 2).slice(0, -1), options, never);
		assert.equal(more?.keptFrom, 3);
	});

	it("knows a name while the turn that tells it is in the context, and no longer", async () => {
		await answerTo("My name is Korvina.");
		assert.equal((await answerTo("What is my name?")).reply, "Your name is Korvina.");
		await outgrow();
		assert.doesNotMatch((await answerTo("What is my name?")).reply, /Korvina/);
	});

	it("refuses a message that cannot fit, with exact numbers, and gives it back", async () => {
		await answerTo(exchanges[0][0]);
		const before = store.state.turns;
		const text = "word ".repeat(400);
		await send(text);
		assert.deepEqual(store.state.turns, before);
		const { refusal } = store.state;
		assert.equal(refusal?.text, text);

		const whole = createLocalLanguageModel(inferenceModule);
		await whole.languageModel.prepare(never);
		const alone = [...messagesFrom(before.length), { role: "user", text } as const];
		const counted = await trimmed(whole.languageModel, alone, options, never);
		await whole.languageModel.unload();
		assert.deepEqual(refusal.failure, {
			kind: "messageTooLong",
			tokens: counted?.promptTokens,
			limitTokens,
			contextTokens,
			trainedContextTokens: 4096,
		});
	});

	it("ends an answer where the context ends, and says so", async () => {
		const { reply, state } = await answerTo("Count from 1 to 200");
		assert.ok(state.kind === "ended" && state.outcome.kind === "contextFull");
		const { outcome } = state;
		assert.equal(outcome.contextTokens, contextTokens);
		assert.equal(outcome.stats.promptTokens + outcome.stats.answerTokens, contextTokens);
		assert.match(reply, /^1, 2, 3, 4, 5, 6, 7, 8, 9, 10, /);
	});

	it("is answered after an answer that filled the context", async () => {
		await answerTo("Count from 1 to 200");
		const [question, answer] = exchanges[0];
		assert.equal((await answerTo(question)).reply, answer);
		assert.equal(store.state.visibleFrom, store.state.turns.at(-2)?.id);
	});
});
