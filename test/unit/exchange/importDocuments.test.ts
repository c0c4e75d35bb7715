import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import {
	importDocuments,
	type ChosenFile,
	type ImportDocument,
} from "../../../src/extension/exchange/importDocuments";
import { seededRandom } from "../../support/random";
import { zipArchive } from "../../support/zipArchive";

const folder = mkdtempSync(path.join(os.tmpdir(), "import-"));

/** A file as it comes from another machine: all that is known is its bytes. */
function elsewhere(name: string, bytes: Uint8Array, sizeBytes = bytes.length): ChosenFile {
	return {
		name,
		localPath: undefined,
		sizeBytes: () => Promise.resolve(sizeBytes),
		bytes: () => Promise.resolve(bytes),
	};
}

function local(name: string, bytes: Uint8Array): ChosenFile {
	const localPath = path.join(folder, name);
	writeFileSync(localPath, bytes);
	return { ...elsewhere(name, bytes), localPath };
}

async function read(
	file: ChosenFile,
	signal = new AbortController().signal,
): Promise<ImportDocument[]> {
	const documents: ImportDocument[] = [];
	for await (const document of importDocuments(file, signal)) {
		documents.push(document);
	}
	return documents;
}

function problemOf({ content }: ImportDocument): string {
	return "problem" in content ? content.problem.kind : "none";
}

describe("the documents of an import", () => {
	after(() => {
		rmSync(folder, { recursive: true });
	});

	for (const place of [local, elsewhere]) {
		it(`are what exports are called in an archive, ${place.name}`, async () => {
			const archive = zipArchive([
				{ name: "chat.html", text: "<html>" },
				{ name: "conversations.json", text: "[1]" },
				{ name: "export/conversations-001.json", text: "[2]" },
				{ name: "export/shared_conversations.json", text: "[3]" },
				{ name: "__MACOSX/export/conversations.json", text: "[4]" },
				{ name: "lmstudio/1750000000000.conversation.json", text: "{}" },
			]);
			assert.deepEqual(await read(place("export.zip", archive)), [
				{ name: "export.zip: conversations.json", content: { text: "[1]" } },
				{ name: "export.zip: export/conversations-001.json", content: { text: "[2]" } },
				{
					name: "export.zip: lmstudio/1750000000000.conversation.json",
					content: { text: "{}" },
				},
			]);
		});
	}

	it("are the file itself, in UTF-8, if it is no archive", async () => {
		assert.deepEqual(await read(elsewhere("a.json", Buffer.from("[“é”]"))), [
			{ name: "a.json", content: { text: "[“é”]" } },
		]);
	});

	it("are refused where they are too large, unread", async () => {
		const huge = elsewhere("a.json", Buffer.from("[]"), 300_000_000);
		assert.deepEqual((await read(huge)).map(problemOf), ["tooLarge"]);
		const archive = zipArchive([
			{ name: "conversations.json", text: "[]", claimedBytes: 4_000_000_000 },
		]);
		assert.deepEqual((await read(local("a.zip", archive))).map(problemOf), ["tooLarge"]);
		const far = elsewhere("a.zip", archive, 300_000_000);
		assert.deepEqual((await read(far)).map(problemOf), ["tooLarge"]);
	});

	it("do not unpack to more than their archive says", async () => {
		const bomb = zipArchive([
			{ name: "conversations.json", text: " ".repeat(10_000_000), claimedBytes: 100 },
		]);
		assert.deepEqual((await read(local("b.zip", bomb))).map(problemOf), ["damagedArchive"]);
	});

	it("say what is wrong with an archive", async () => {
		const none = zipArchive([{ name: "user.json", text: "{}" }]);
		assert.deepEqual((await read(local("c.zip", none))).map(problemOf), ["nothingInArchive"]);
		const secret = zipArchive([{ name: "conversations.json", text: "[]", isEncrypted: true }]);
		assert.deepEqual((await read(local("d.zip", secret))).map(problemOf), ["encryptedArchive"]);
		assert.deepEqual((await read(local("e.zip", Buffer.from("PK")))).map(problemOf), [
			"damagedArchive",
		]);
	});

	it("survive whatever becomes of an archive", async () => {
		const archive = zipArchive([
			{ name: "conversations.json", text: '[{"title": "x"}]'.repeat(20) },
			{ name: "a.conversation.json", text: "{}" },
		]);
		const random = seededRandom(7);
		for (let round = 0; round < 300; round += 1) {
			const damaged = Buffer.from(archive);
			for (let count = Math.floor(random() * 4); count >= 0; count -= 1) {
				damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
			}
			const cut = random() < 0.3 ? Math.floor(random() * damaged.length) : damaged.length;
			assert.ok((await read(elsewhere("f.zip", damaged.subarray(0, cut)))).length > 0);
		}
	});

	it("say why a file cannot be read", async () => {
		const gone: ChosenFile = {
			...elsewhere("g.json", Buffer.from("")),
			bytes: () => Promise.reject(new Error("EACCES: permission denied")),
		};
		assert.deepEqual(await read(gone), [
			{
				name: "g.json",
				content: { problem: { kind: "unreadable", reason: "EACCES: permission denied" } },
			},
		]);
		const missing = {
			...elsewhere("h.zip", Buffer.from("")),
			localPath: path.join(folder, "no.zip"),
		};
		assert.deepEqual((await read(missing)).map(problemOf), ["damagedArchive"]);
	});

	it("end when the import is cancelled", async () => {
		const archive = zipArchive([{ name: "conversations.json", text: "[]" }]);
		assert.deepEqual(await read(local("i.zip", archive), AbortSignal.abort()), []);
	});
});
