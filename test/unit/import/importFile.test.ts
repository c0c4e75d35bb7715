import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { importFile } from "../../../src/import/importFile";
import type { ImportPiece } from "../../../src/protocol/import/chatImport";
import { seededRandom } from "../../support/random";
import { zipArchive } from "../../support/exchange/zipArchive";

const folder = mkdtempSync(path.join(os.tmpdir(), "import-"));

function file(name: string, bytes: Uint8Array | string): string {
	const place = path.join(folder, name);
	writeFileSync(place, bytes);
	return place;
}

async function read(place: string): Promise<ImportPiece[]> {
	const pieces: ImportPiece[] = [];
	for await (const step of importFile(path.basename(place), place)) {
		pieces.push(...step.pieces);
	}
	return pieces;
}

/** @returns what was found in each document: titles of conversations, and problems. */
async function found(place: string): Promise<string[]> {
	return (await read(place)).flatMap((piece) => {
		switch (piece.kind) {
			case "chat":
				return [`${piece.document}: ${piece.title?.text ?? ""}`];
			case "leftOut":
				return [`${piece.document}: ${piece.title}: ${piece.problem}`];
			case "problem":
				return [`${piece.document}: ${piece.problem.kind}`];
			default:
				return [];
		}
	});
}

/** @returns a conversation of ChatGPT's. */
function chat(title: string): string {
	const message = { author: { role: "user" }, content: { content_type: "text", parts: ["Hi"] } };
	return JSON.stringify({ title, mapping: { a: { parent: null, message } } });
}

describe("an imported file", () => {
	after(() => {
		rmSync(folder, { recursive: true });
	});

	it("holds the documents that are called as exports are, if it is an archive", async () => {
		const archive = zipArchive([
			{ name: "chat.html", text: "<html>" },
			{ name: "conversations.json", text: `[${chat("One")}]` },
			{ name: "export/conversations-001.json", text: `[${chat("Two")}]` },
			{ name: "export/shared_conversations.json", text: `[${chat("No")}]` },
			{ name: "__MACOSX/export/conversations.json", text: `[${chat("No")}]` },
			{ name: "lmstudio/1750000000000.conversation.json", text: chat("Three") },
		]);
		assert.deepEqual(await found(file("export.zip", archive)), [
			"export.zip: conversations.json: One",
			"export.zip: export/conversations-001.json: Two",
			"export.zip: lmstudio/1750000000000.conversation.json: Three",
		]);
	});

	it("is the document itself, if it is no archive", async () => {
		assert.deepEqual(await found(file("a.json", `[${chat("“é”")}]`)), ["a.json: “é”"]);
	});

	it("may have a byte order mark, of UTF-8 or UTF-16", async () => {
		const text = `\uFEFF[${chat("“é”")}]`;
		assert.deepEqual(await found(file("8.json", text)), ["8.json: “é”"]);
		assert.deepEqual(await found(file("16.json", Buffer.from(text, "utf16le"))), ["16.json: “é”"]);
	});

	it("is read a chunk at a time, and says how far", async () => {
		const many = Array.from({ length: 5_000 }, (_, index) =>
			chat(`Chat ${index} ${"x".repeat(200)}`),
		);
		const place = file("many.json", `[${many.join(",")}]`);
		const parts: number[] = [];
		for await (const { readBytes, totalBytes } of importFile("many.json", place)) {
			parts.push(readBytes / totalBytes);
		}
		assert.ok(parts.length > 4, String(parts.length));
		assert.deepEqual(
			parts,
			parts.toSorted((a, b) => a - b),
		);
		assert.equal(parts.at(-1), 1);
	});

	it("is rejected unread if it is too large", async () => {
		const archive = zipArchive([
			{ name: "conversations.json", text: "[]", claimedBytes: 4_294_967_294 },
			{ name: "a.conversation.json", text: chat("One") },
		]);
		assert.deepEqual(await found(file("a.zip", archive)), [
			"a.zip: conversations.json: damagedArchive",
			"a.zip: a.conversation.json: One",
		]);
	});

	it("does not unpack to more than its archive says", async () => {
		const bomb = zipArchive([
			{ name: "conversations.json", text: " ".repeat(10_000_000), claimedBytes: 100 },
		]);
		assert.deepEqual(await found(file("b.zip", bomb)), [
			"b.zip: conversations.json: damagedArchive",
		]);
	});

	it("keeps what was found before an archive turned out to be damaged", async () => {
		const text = `[${chat("One")},${chat("x".repeat(100))}]`;
		const archive = zipArchive([
			{ name: "conversations.json", text, claimedBytes: text.length - 10 },
		]);
		const names = await found(file("cut.zip", archive));
		assert.equal(names.at(-1), "cut.zip: conversations.json: damagedArchive");
	});

	it("says what is wrong with an archive", async () => {
		const none = zipArchive([{ name: "user.json", text: "{}" }]);
		assert.deepEqual(await found(file("c.zip", none)), ["c.zip: nothingInArchive"]);
		const secret = zipArchive([{ name: "conversations.json", text: "[]", isEncrypted: true }]);
		assert.deepEqual(await found(file("d.zip", secret)), [
			"d.zip: conversations.json: encryptedArchive",
		]);
		assert.deepEqual(await found(file("e.zip", "PK")), ["e.zip: damagedArchive"]);
	});

	it("ends in what was found or in a problem, whatever becomes of an archive", async () => {
		const archive = zipArchive([
			{ name: "conversations.json", text: `[${chat("One")}]`.repeat(20) },
			{ name: "a.conversation.json", text: "{}" },
		]);
		const random = seededRandom(7);
		for (let round = 0; round < 100; round += 1) {
			const damaged = Buffer.from(archive);
			for (let count = Math.floor(random() * 4); count >= 0; count -= 1) {
				damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
			}
			const cut = random() < 0.3 ? Math.floor(random() * damaged.length) : damaged.length;
			assert.ok((await found(file("f.zip", damaged.subarray(0, cut)))).length > 0);
		}
	});

	it("gives the reason if it cannot be read", async () => {
		assert.deepEqual(await found(path.join(folder, "missing.json")), ["missing.json: unreadable"]);
		assert.deepEqual(await found(path.join(folder, "missing.zip")), ["missing.zip: unreadable"]);
		assert.deepEqual(await found(file("empty.json", "")), ["empty.json: unknownFormat"]);
	});

	it("is rejected at once if it is a pipe, a folder, or a device", async () => {
		assert.deepEqual(await found(folder), [`${path.basename(folder)}: notAFile`]);
		if (process.platform !== "win32") {
			const pipe = path.join(folder, "pipe.json");
			execFileSync("mkfifo", [pipe]);
			assert.deepEqual(await found(pipe), ["pipe.json: notAFile"]);
			assert.deepEqual(await found("/dev/zero"), ["zero: notAFile"]);
		}
	});
});
