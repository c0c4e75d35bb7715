import assert from "node:assert/strict";
import type { ChatRecord } from "../../../../../src/extension/conversation/chatRecord";
import { Conversation } from "../../../../../src/extension/conversation/conversation";
import {
	compacted,
	isWorthCompacting,
} from "../../../../../src/extension/storage/journal/compaction";
import { Journal, toLines } from "../../../../../src/extension/storage/journal/journal";
import {
	answer,
	contentOf,
	ended,
	message,
	reply,
	title,
} from "../../../../support/chats/chatRecords";
import { chosenSeed, seededRandom } from "../../../../support/random";

const header = {
	format: "local-llm-chat",
	version: 1,
	id: "chat",
	createdAtMs: 1,
	folder: null,
} as const;

function conversationOf(records: readonly ChatRecord[]): Conversation {
	const conversation = new Conversation(header);
	records.forEach((record) => conversation.apply(record));
	return conversation;
}

function readBack(conversation: Conversation): Conversation {
	const journal = new Journal({ id: "chat", createdAtMs: 0 }, []);
	const lines = toLines(compacted(conversation)).toString().trimEnd().split("\n");
	for (const line of lines) {
		const record = journal.read(line);
		if (record) {
			journal.apply(record);
		}
	}
	assert.equal(journal.lostRecords, 0);
	return journal.conversation;
}

/** Returns records as windows write them, in a valid order. */
function randomRecords(next: () => number): ChatRecord[] {
	const ids: string[] = [];
	const lengths = new Map<string, number>();
	const any = (): string => ids[Math.floor(next() * ids.length)] ?? "none";
	return Array.from({ length: 5 + Math.floor(next() * 60) }, (_, at): ChatRecord => {
		const kind = next();
		const parentId = next() < 0.15 || ids.length === 0 ? null : any();
		if (kind < 0.25 || ids.length === 0) {
			ids.push(`u${at}`);
			return message(`u${at}`, `text "${at}"\n`, parentId, at);
		}
		if (kind < 0.5) {
			ids.push(`a${at}`);
			lengths.set(`a${at}`, 0);
			return answer(`a${at}`, parentId, at);
		}
		const id = any();
		if (kind < 0.7) {
			const offset = lengths.get(id) ?? 0;
			lengths.set(id, offset + 4);
			return reply(id, offset, `w${at}.`.padEnd(4).slice(0, 4));
		}
		if (kind < 0.8) {
			return { type: "head", turnId: next() < 0.1 ? null : id };
		}
		if (kind < 0.86) {
			return { type: "deleted", turnId: id, deleted: next() < 0.7 };
		}
		return kind < 0.92
			? title(`t${at}`)
			: kind < 0.96
				? ended(id)
				: { type: "pinned", pinned: true };
	});
}

describe("A compacted conversation", () => {
	it("is unchanged: turns, versions, shown path, title, pin, and head", () => {
		const seed = chosenSeed();
		const next = seededRandom(seed);
		for (let round = 0; round < 300; round++) {
			const before = conversationOf(randomRecords(next));
			const after = readBack(before);
			assert.deepEqual(contentOf(after), contentOf(before), `SEED=${seed}, round ${round}`);
			for (const { turn } of before.turns()) {
				assert.equal(after.leafBelow(turn.id), before.leafBelow(turn.id), `SEED=${seed}`);
				assert.deepEqual(after.versionsOf(turn.id), before.versionsOf(turn.id));
			}
		}
	});

	it("has one line per turn, and none for deleted turns", () => {
		const lines = compacted(
			conversationOf([
				message("a", "Hello"),
				answer("b", "a"),
				reply("b", 0, "Hel"),
				reply("b", 3, "lo"),
				ended("b"),
				message("c", "gone", "b"),
				{ type: "deleted", turnId: "c", deleted: true },
			]),
		);
		assert.deepEqual(
			lines.slice(1).map((line) => ("type" in line ? line.type : "")),
			["turn", "turn", "head"],
		);
		assert.doesNotMatch(JSON.stringify(lines), /gone/);
		assert.deepEqual(lines.at(-1), { type: "head", turnId: "b" });
	});

	it("is written if that saves half of a file that is not small", () => {
		const conversation = conversationOf([message("a", "x".repeat(100_000))]);
		assert.equal(isWorthCompacting(150_000, conversation), false);
		assert.equal(isWorthCompacting(250_000, conversation), true);
		const small = conversationOf([message("a", "x")]);
		assert.equal(isWorthCompacting(40_000, small), false);
	});
});
