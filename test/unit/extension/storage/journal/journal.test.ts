import assert from "node:assert/strict";
import {
	chatFormatVersion,
	type ChatRecord,
} from "../../../../../src/extension/conversation/chatRecord";
import { Journal, writtenVersion } from "../../../../../src/extension/storage/journal/journal";
import {
	migrations,
	type Migration,
} from "../../../../../src/extension/storage/journal/migrations";
import {
	answer,
	contentOf,
	ended,
	message,
	reply,
	title,
} from "../../../../support/chats/chatRecords";
import { chosenSeed, seededRandom } from "../../../../support/random";
import { header } from "../../../../support/storage/storeFolder";

function read(lines: readonly string[], steps: readonly Migration[] = []): Journal {
	const journal = new Journal({ id: "chat", createdAtMs: 77 }, steps);
	for (const line of lines) {
		const record = journal.read(line);
		if (record) {
			journal.apply(record);
		}
	}
	return journal;
}

const records: ChatRecord[] = [
	message("q1", "First question"),
	answer("a1", "q1"),
	reply("a1", 0, "An "),
	reply("a1", 3, "answer "),
	reply("a1", 10, "in pieces"),
	ended("a1"),
	message("q2", "Second question", "a1"),
	answer("a2", "q2"),
	reply("a2", 0, "More"),
	ended("a2"),
	title("A title"),
];
const lines = [header("chat"), ...records.map((record) => JSON.stringify(record))];
const words = ["First question", "Second question", "An ", "answer ", "in pieces", "More"];

describe("The journal of a chat", () => {
	it("has a migration from each earlier version", () => {
		assert.equal(writtenVersion(migrations), chatFormatVersion);
	});

	it("of an older version is migrated step by step, header and records", () => {
		const steps: Migration[] = [
			(line) => {
				const { createdAt, ...rest } = line as { createdAt?: number };
				return createdAt === undefined ? rest : { ...rest, createdAtMs: createdAt };
			},
			(line) => {
				const { kind, ...rest } = line as { kind?: string };
				return kind === undefined ? rest : { ...rest, type: kind };
			},
		];
		const journal = read(
			[
				'{"format":"local-llm-chat","version":1,"id":"chat","createdAt":5,"folder":null}',
				'{"kind":"title","text":"Old","by":"user"}',
			],
			steps,
		);
		assert.equal(journal.lostRecords, 0);
		assert.ok(journal.isOlderVersion);
		assert.deepEqual(journal.conversation.givenTitle, { text: "Old", by: "user" });
		assert.equal(journal.conversation.header.createdAtMs, 5);
		assert.equal(journal.conversation.header.version, 3);
		const second = read(
			[
				'{"format":"local-llm-chat","version":2,"id":"chat","createdAtMs":6,"folder":null}',
				'{"kind":"pinned","pinned":true}',
			],
			steps,
		);
		assert.ok(second.conversation.pinned);
	});

	it("of a newer version shows its readable part, and reports no damage", () => {
		const journal = read([header("chat", 9), '{"type":"hologram"}', ...lines.slice(1)]);
		assert.equal(journal.newerVersion, 9);
		assert.equal(journal.lostRecords, 0);
		assert.equal(journal.conversation.path().length, 4);
		const strange = read(['{"format":"local-llm-chat","version":9,"made":"differently"}']);
		assert.equal(strange.newerVersion, 9);
		assert.ok(strange.isReadable);
	});

	it("takes its id from the name of the file", () => {
		assert.equal(read([header("other")]).conversation.id, "chat");
	});

	it("without its header uses the name and the time of the file", () => {
		for (const first of ["", "x", "null", '{"format":"other"}']) {
			const journal = read([...(first === "" ? [] : [first]), ...lines.slice(1)]);
			assert.equal(journal.lostRecords, 1, first);
			assert.equal(journal.conversation.header.createdAtMs, 77);
			assert.deepEqual(
				journal.conversation.path().map(({ id }) => id),
				["q1", "a1", "q2", "a2"],
			);
		}
	});

	it("without a readable line is unreadable", () => {
		assert.equal(read([]).isReadable, false);
		assert.equal(read(["\u0000\u0001", "GGUF"]).isReadable, false);
		assert.ok(read([header("chat")]).isReadable);
	});

	it("does not count empty lines as damage", () => {
		assert.equal(read([lines[0]!, "", ...lines.slice(1), " "]).lostRecords, 0);
	});

	it("that lost any one line still shows all text of the others", () => {
		for (let lost = 1; lost < lines.length; lost++) {
			const journal = read(lines.map((line, at) => (at === lost ? line.slice(0, -3) : line)));
			assert.equal(journal.lostRecords, 1, `line ${lost}`);
			const said = JSON.stringify(contentOf(journal.conversation));
			const lostWords = words.filter((word) => lines[lost]!.includes(word));
			for (const word of words) {
				assert.equal(said.includes(word), !lostWords.includes(word), `line ${lost}: ${word}`);
			}
			const intact = said.includes("More") && journal.conversation.path().length >= 3;
			assert.ok(intact || lost > 7, `the path goes on behind line ${lost}`);
		}
	});

	it("fills lost text of any length with replacement characters", () => {
		const journal = read(lines.map((line, at) => (at === 4 ? "{" : line)));
		const { reply: text } = journal.conversation.turn("a1") as { reply: string };
		assert.equal(text, `An ${"\uFFFD".repeat(7)}in pieces`);
	});

	it("damaged at random places never throws, and reads the rest", () => {
		const seed = chosenSeed();
		const next = seededRandom(seed);
		for (let round = 0; round < 500; round++) {
			const bytes = Buffer.from(lines.join("\n"));
			for (let hit = 0; hit <= next() * 4; hit++) {
				bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
			}
			const journal = read(bytes.toString().split("\n"));
			assert.ok(journal.isReadable, `SEED=${seed}, round ${round}`);
			assert.ok(journal.lostRecords <= 10);
			assert.ok([...journal.conversation.turns()].length >= 1);
		}
	});
});
