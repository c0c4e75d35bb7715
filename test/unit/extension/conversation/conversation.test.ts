import assert from "node:assert/strict";
import { applyFact } from "../../../../src/protocol/chat/replica";
import { chatPath } from "../../../../src/extension/chat/chatPath";
import { pathDifference } from "../../../../src/extension/chat/pathDifference";
import type { ChatRecord } from "../../../../src/extension/conversation/chatRecord";
import { Conversation } from "../../../../src/extension/conversation/conversation";
import { shortened, titleOf } from "../../../../src/extension/conversation/title";
import type { ChatState } from "../../../../src/protocol/chat/chat";
import { chatState } from "../../../support/view/chatStates";
import { conversationRecords } from "../../../support/chats/conversationRecords";
import { chosenSeed, seededRandom } from "../../../support/random";

const header = {
	format: "local-llm-chat",
	version: 1,
	id: "chat-1",
	createdAtMs: 0,
	folder: null,
} as const;

const fileState = {
	newerVersion: undefined,
	damage: undefined,
	notSaved: undefined,
	answeredElsewhere: false,
};

function user(id: string, text = id): Extract<ChatRecord, { type: "turn" }>["turn"] {
	return { role: "user", id, sentAtMs: 0, text, attachments: [] };
}

function answer(id: string): Extract<ChatRecord, { type: "turn" }>["turn"] {
	const empty = { thought: "", thoughtDurationMs: null, reply: "", outcome: null };
	return { role: "assistant", id, startedAtMs: 0, ...empty };
}

function conversationOf(records: readonly ChatRecord[]): Conversation {
	const conversation = new Conversation(header);
	for (const record of structuredClone(records)) {
		conversation.apply(record);
	}
	return conversation;
}

/** Returns everything that is visible of a conversation. */
function seen(conversation: Conversation): unknown {
	return structuredClone({
		turns: [...conversation.turns()].map(({ turn, parentId }) => ({ turn, parentId })),
		headId: conversation.headId,
		title: conversation.givenTitle,
		pinned: conversation.pinned,
		queued: conversation.queued,
	});
}

/** Draws random records as sessions write them: each fits the earlier ones. */
function drawRecords(count: number, random: () => number): ChatRecord[] {
	const records: ChatRecord[] = [];
	const conversation = new Conversation(header);
	const pick = <T>(values: readonly T[]): T | undefined =>
		values[Math.floor(random() * values.length)];
	const add = (record: ChatRecord): void => {
		records.push(record);
		conversation.apply(structuredClone(record));
	};
	for (let next = 0; records.length < count; next += 1) {
		const turns = [...conversation.turns()].map(({ turn }) => turn);
		const turn = pick(turns);
		const parentId = random() < 0.1 ? null : (turn?.id ?? null);
		const kind = random();
		if (kind < 0.35 || !turn) {
			add({ type: "turn", parentId, turn: random() < 0.5 ? user(`u${next}`) : answer(`a${next}`) });
		} else if (kind < 0.6 && turn.role === "assistant") {
			const channel = random() < 0.7 ? "reply" : "thought";
			add({
				type: "text",
				turnId: turn.id,
				channel,
				offset: turn[channel].length,
				text: `t${next} `,
			});
		} else if (kind < 0.7) {
			add({ type: "ended", turnId: turn.id, outcome: { kind: "interrupted" } });
		} else if (kind < 0.78) {
			add({ type: "deleted", turnId: turn.id, deleted: random() < 0.6 });
			if (random() < 0.5) {
				const left = pick([...conversation.turns()].map(({ turn: { id } }) => id));
				add({ type: "head", turnId: left ?? null });
			}
		} else if (kind < 0.9) {
			add({ type: "head", turnId: conversation.leafBelow(turn.id) });
		} else {
			add({ type: "title", text: `title ${next}`, by: random() < 0.5 ? "user" : "model" });
		}
	}
	return records;
}

describe("Conversation", () => {
	const seed = chosenSeed();

	it(`is the same if records are repeated, at any distance (seed ${seed})`, () => {
		const random = seededRandom(seed);
		for (let round = 0; round < 50; round += 1) {
			const records = drawRecords(40, random);
			const once = conversationOf(records);
			// Turns, texts, and ends do not affect other records, so they can be repeated anywhere.
			const adding = records.filter(({ type }) => type === "turn" || type === "text");
			const again = conversationOf([...adding, ...records]);
			assert.deepEqual(seen(again), seen(once));
			const tail = records.slice(Math.floor(random() * records.length));
			assert.deepEqual(seen(conversationOf([...records, ...tail])), seen(once));
		}
	});

	it(`can be recreated from one record per turn (seed ${seed})`, () => {
		const random = seededRandom(seed);
		for (let round = 0; round < 50; round += 1) {
			const before = conversationOf(drawRecords(40, random));
			assert.deepEqual(seen(conversationOf(conversationRecords(before))), seen(before));
		}
	});

	it("ignores text that does not continue the existing text", () => {
		const text = { type: "text", turnId: "a", channel: "reply", text: "1" } as const;
		const records: ChatRecord[] = [{ type: "turn", parentId: null, turn: answer("a") }];
		const conversation = conversationOf(records);
		assert.equal(conversation.apply({ ...text, offset: 0 }), true);
		assert.equal(conversation.apply({ ...text, offset: 0 }), false);
		assert.equal(conversation.apply({ ...text, offset: 2 }), false);
		assert.equal(conversation.apply({ ...text, offset: 0, turnId: "gone" }), false);
	});

	it("ends above a turn that is deleted on its path, and keeps its path if the turn is elsewhere", () => {
		const turns: ChatRecord[] = [
			{ type: "turn", parentId: null, turn: user("q") },
			{ type: "turn", parentId: "q", turn: answer("a") },
			{ type: "turn", parentId: "a", turn: user("one") },
			{ type: "turn", parentId: "a", turn: user("other") },
		];
		const deleted: ChatRecord = { type: "deleted", turnId: "other", deleted: true };
		assert.equal(conversationOf([...turns, deleted]).headId, "a");
		const answered: ChatRecord = { type: "turn", parentId: "one", turn: answer("b") };
		assert.equal(conversationOf([...turns, answered, deleted]).headId, "b");
		assert.equal(conversationOf([...turns, deleted, answered]).headId, "b");
	});

	it("prefers the title from the user to one from the model", () => {
		const conversation = conversationOf([
			{ type: "title", text: "Mine", by: "user" },
			{ type: "title", text: "Its", by: "model" },
		]);
		assert.equal(titleOf(conversation), "Mine");
	});

	it("counts and walks ten thousand turns in a row", () => {
		const records: ChatRecord[] = [];
		for (let index = 0; index < 10_000; index += 1) {
			const parentId = index === 0 ? null : `u${index - 1}`;
			records.push({ type: "turn", parentId, turn: user(`u${index}`) });
		}
		const conversation = conversationOf(records);
		assert.equal(conversation.path().length, 10_000);
		assert.equal(conversation.countBelow("u0"), 10_000);
		assert.equal(conversation.leafBelow("u0"), "u9999");
	});

	it("counts and walks two hundred thousand answers to one message, oldest first", () => {
		const count = 200_000;
		const conversation = conversationOf([{ type: "turn", parentId: null, turn: user("u") }]);
		for (let index = 0; index < count; index += 1) {
			conversation.apply({ type: "turn", parentId: "u", turn: answer(`a${index}`) });
		}
		let walked = 0;
		for (const { turn } of conversation.turns()) {
			assert.equal(turn.id, walked === 0 ? "u" : `a${walked - 1}`);
			walked += 1;
		}
		assert.equal(walked, count + 1);
		assert.equal(conversation.countBelow("u"), count + 1);
		assert.equal(conversation.versionsOf("a0").length, count);
		assert.equal(conversation.leafBelow("u"), `a${count - 1}`);
	});
});

describe("pathDifference", () => {
	const seed = chosenSeed();

	it(`leads from any path to any other of the same conversation (seed ${seed})`, () => {
		const random = seededRandom(seed);
		for (let round = 0; round < 100; round += 1) {
			const records = drawRecords(60, random);
			const cut = Math.floor(random() * records.length);
			const view = (count: number): ReturnType<typeof chatPath> =>
				structuredClone(
					chatPath(
						{
							conversation: conversationOf(records.slice(0, count)),
							fileState: { ...fileState, answeredElsewhere: random() < 0.5 },
						},
						undefined,
					),
				);
			const before = view(cut);
			const after = view(records.length);
			let state: ChatState | undefined = chatState(before);
			for (const fact of pathDifference(before, after, undefined)) {
				state = state && applyFact(state, fact);
			}
			assert.deepEqual(state, chatState(after));
		}
	});
});

describe("The title of a conversation", () => {
	for (const [text, title] of [
		["Hello", "Hello"],
		["  \n\n Hello   there \nmore", "Hello there"],
		["x".repeat(80), `${"x".repeat(60)}…`],
		["word ".repeat(20), `${"word ".repeat(12).trim()}…`],
	] as const) {
		it(`made from “${text.slice(0, 20)}” is “${title}”`, () => {
			assert.equal(shortened(text), title);
		});
	}
});
