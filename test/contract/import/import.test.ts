import assert from "node:assert/strict";
import { mkdtemp, open, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ImportProcess } from "../../../src/extension/exchange/importReader";
import { ImportStopped } from "../../../src/extension/exchange/importStopped";
import type { ImportPiece } from "../../../src/protocol/import/chatImport";
import { writeChatGptExport } from "../../support/exchange/chatGptExport";
import { importModule } from "../../support/exchange/importing";
import { peakOf } from "../../support/processes";
import { RecordedLog } from "../../support/recordedLog";

const never = new AbortController().signal;
/** What the process may have in memory at most. */
const memoryBytes = 600_000_000;

describe("the process that reads imports", () => {
	let folder: string;
	let reader: ImportProcess;
	let conversations: number;
	const place = (name: string): string => path.join(folder, name);

	before(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), "import-"));
		conversations = await writeChatGptExport(place("good.json"), 20_000_000);
	});
	after(() => rm(folder, { recursive: true, force: true }));
	beforeEach(() => {
		reader = new ImportProcess(importModule, new RecordedLog());
	});
	afterEach(() => reader.stop());

	/** Reads a file to its end. @returns all pieces, and the most memory that this took. */
	async function read(
		name: string,
	): Promise<{ readonly pieces: ImportPiece[]; readonly peakBytes: number }> {
		const pieces: ImportPiece[] = [];
		let peakBytes = 0;
		for await (const answer of reader.read(name, place(name), never)) {
			pieces.push(...answer.pieces);
			peakBytes = Math.max(peakBytes, peakOf(reader.pid!));
		}
		return { pieces, peakBytes };
	}

	const countOf = (pieces: readonly ImportPiece[], kind: ImportPiece["kind"]): number =>
		pieces.filter((piece) => piece.kind === kind).length;

	it("delivers every conversation of a large file without holding all of them", async () => {
		const { pieces, peakBytes } = await read("good.json");
		assert.equal(countOf(pieces, "chatEnd"), conversations);
		assert.equal(countOf(pieces, "problem"), 0);
		if (process.platform === "linux") {
			assert.ok(peakBytes > 0 && peakBytes < memoryBytes / 2, String(peakBytes));
		}
	});

	it("ends only the current import when it is killed; the next file gets a new process", async () => {
		let answers = 0;
		await assert.rejects(
			async () => {
				for await (const answer of reader.read("good.json", place("good.json"), never)) {
					assert.ok(!answer.done, "it is killed in mid-file");
					answers += 1;
					process.kill(reader.pid!, "SIGKILL");
				}
			},
			(error) => error instanceof ImportStopped && error.reason === "ended",
		);
		assert.ok(answers > 0);
		assert.equal(countOf((await read("good.json")).pieces, "chatEnd"), conversations);
	});

	it("stops reading on request", async () => {
		const cancelling = new AbortController();
		let answers = 0;
		for await (const answer of reader.read("good.json", place("good.json"), cancelling.signal)) {
			answers += 1;
			cancelling.abort();
			assert.ok(answers < 4 && !answer.done);
		}
		assert.equal(countOf((await read("good.json")).pieces, "chatEnd"), conversations);
	});

	const good = JSON.stringify({
		title: "Good",
		mapping: { a: { message: { author: { role: "user" }, content: { parts: ["Hi"] } } } },
	});
	const hostile: readonly (readonly [
		what: string,
		before: string,
		again: string,
		after: string,
	])[] = [
		[
			"lists of lists in one message",
			'{"title":"Bad","mapping":{"a":{"message":{"author":[',
			"[],",
			"0]}}}}",
		],
		["ten million members", '{"title":"Bad","mapping":{"a":{"message":{', '"k":0,', '"k":0}}}}'],
		["ten million messages", '{"title":"Bad","mapping":{', '"k":0,', '"k":0}}'],
		["a million conversations", '{"title":"Bad"}', ",{}", ""],
		["one string", '{"title":"Bad","mapping":{"a":{"message":{"author":"', "x", '"}}}}'],
		["brackets without an end", '{"title":"Bad","mapping":{"a":', "[", ""],
	];
	for (const [what, start, again, end] of hostile) {
		it(`ends in bounded memory with 60 MB of ${what}, and hands over what is good before it`, async () => {
			const file = await open(place("hostile.json"), "w");
			await file.write(`[${good},${start}`);
			const piece = again.repeat(Math.ceil(1_000_000 / again.length));
			for (let count = 0; count < 60; count += 1) {
				await file.write(piece);
			}
			await file.write(`${end}]`);
			await file.close();
			const { pieces, peakBytes } = await read("hostile.json");
			assert.deepEqual(
				pieces.flatMap((found) => (found.kind === "chat" ? [found.title?.text] : [])),
				["Good"],
			);
			assert.ok(countOf(pieces, "leftOut") + countOf(pieces, "problem") > 0);
			if (process.platform === "linux") {
				assert.ok(peakBytes < memoryBytes, String(peakBytes));
			}
		});
	}
});
