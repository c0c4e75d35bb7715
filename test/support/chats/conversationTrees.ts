import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import * as v from "valibot";
import type { AttachedCode } from "../../../src/extension/conversation/attachedCode";
import {
	chatFormatVersion,
	chatRecordSchema,
	type StoredTurn,
} from "../../../src/extension/conversation/chatRecord";
import { Conversation } from "../../../src/extension/conversation/conversation";
import type { TreeTurn } from "../../../src/extension/conversation/treeTurn";
import type { TurnOutcome } from "../../../src/protocol/chat/chat";
import { crash, answerStats } from "../view/chatStates";

const texts = [
	"",
	"Hello",
	"## You\n\n```ts\nlet a = 1;",
	"<!-- <script>alert(1)</script>",
	"emoji 👩‍👩‍👧 and \u0000 and \ud800",
	'quotes " \\ and\r\nlines\u2028',
	"__proto__",
];

/** Returns a conversation that `random` determines, with up to `turns` turns and a random part of the other properties. */
export function randomConversation(random: () => number, turns: number): Conversation {
	const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
	const outcomes: readonly TurnOutcome[] = [
		{ kind: "complete", stats: answerStats },
		{ kind: "complete", stats: undefined },
		{ kind: "stopped", stats: undefined },
		{ kind: "stopped", stats: answerStats },
		{ kind: "maxTokens", maxTokens: 2048, stats: answerStats },
		{ kind: "contextFull", contextTokens: 512, stats: answerStats },
		{ kind: "failed", failure: crash },
		{ kind: "interrupted" },
	];
	const code = (): AttachedCode => ({
		chip: {
			id: randomUUID(),
			label: "math.ts:3-5",
			scope: pick(["selection", "symbol", "file"]),
			path: "src/math.ts",
			languageId: "typescript",
		},
		uri: "file:///project/src/math.ts",
		range: { startLine: 2, startCharacter: 0, endLine: 4, endCharacter: 1 },
		code: pick(texts),
	});
	const message = (): StoredTurn & { readonly role: "user" } => ({
		role: "user",
		id: randomUUID(),
		sentAtMs: 1_750_000_000_000 + Math.floor(random() * 1_000_000),
		text: pick(texts),
		attachments: random() < 0.3 ? [code(), code()] : [],
	});
	const conversation = new Conversation({
		format: "local-llm-chat",
		version: chatFormatVersion,
		id: randomUUID(),
		createdAtMs: 1_750_000_000_000 + Math.floor(random() * 1_000_000),
		folder: pick([null, "project"]),
	});
	const ids: (string | null)[] = [null];
	for (let count = Math.floor(random() * turns); count >= 0; count -= 1) {
		const turn: StoredTurn =
			random() < 0.5
				? message()
				: {
						role: "assistant",
						id: randomUUID(),
						startedAtMs: 1_750_000_000_000.5,
						thought: pick(texts),
						thoughtDurationMs: pick([null, 1500]),
						reply: pick(texts),
						outcome: pick(outcomes),
					};
		const parentId = random() < 0.6 ? ids.at(-1)! : pick(ids);
		conversation.apply({ type: "turn", parentId, turn });
		ids.push(turn.id);
	}
	conversation.apply({ type: "head", turnId: pick(ids) });
	conversation.apply({ type: "pinned", pinned: random() < 0.5 });
	if (random() < 0.5) {
		conversation.apply({ type: "title", text: "A title", by: pick(["user", "model"]) });
	}
	if (random() < 0.3) {
		conversation.apply({ type: "queued", message: message() });
	}
	return conversation;
}

/** Returns everything that a conversation holds, with places in the tree instead of ids. */
export function treeOf(conversation: Conversation): unknown {
	const places = new Map<string, string>();
	const counts = new Map<string | null, number>();
	const turns = [...conversation.turns()].map(({ turn, parentId }) => {
		const parent = parentId === null ? "" : places.get(parentId)!;
		const number = (counts.get(parentId) ?? 0) + 1;
		counts.set(parentId, number);
		places.set(turn.id, `${parent}/${number}`);
		return { place: `${parent}/${number}`, ...withoutIds(turn) };
	});
	const { header, headId, givenTitle, pinned, queued } = conversation;
	return {
		createdAtMs: header.createdAtMs,
		folder: header.folder,
		head: headId === undefined ? null : places.get(headId),
		title: givenTitle,
		pinned,
		queued: queued && withoutIds(queued),
		turns,
	};
}

function withoutIds(turn: TreeTurn): object {
	return {
		...turn,
		id: "",
		...(turn.role === "user" && {
			attachments: turn.attachments.map((attached) => ({
				...attached,
				chip: { ...attached.chip, id: "" },
			})),
		}),
	};
}

/** Fails unless a journal could hold the conversation, it shows a path of its tree, and its ids are unique. */
export function assertSound(conversation: Conversation): void {
	const ids = new Set<string>();
	for (const { turn, parentId } of conversation.turns()) {
		const record = v.parse(chatRecordSchema, { type: "turn", parentId, turn });
		assert.deepEqual(record.type === "turn" && record.turn, turn);
		assert.ok(parentId === null || ids.has(parentId), "a parent comes before its children");
		assert.ok(!ids.has(turn.id));
		ids.add(turn.id);
	}
	const path = conversation.path();
	assert.equal(path.at(-1)?.id, conversation.headId);
	assert.ok(path.every(({ id }) => ids.has(id)));
}
