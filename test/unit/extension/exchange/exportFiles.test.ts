import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileNameOf, UniqueNames } from "../../../../src/extension/exchange/exportFileNames";
import { writeWhole } from "../../../../src/extension/exchange/writeWhole";
import { chosenSeed, seededRandom } from "../../../support/random";

describe("the name of an exported file", () => {
	it("keeps the characters of the title that every system accepts", () => {
		assert.equal(fileNameOf("Sorting: a < b?"), "Sorting a b");
		assert.equal(fileNameOf("  Überraschung 你好 🎉  "), "Überraschung 你好 🎉");
		assert.equal(fileNameOf("a/b\\c\n../../etc"), "a b c .. .. etc");
		assert.equal(fileNameOf("../../x"), "x");
	});

	it("is never empty, hidden, or a Windows device name", () => {
		assert.equal(fileNameOf(""), "Chat");
		assert.equal(fileNameOf("..."), "Chat");
		assert.equal(fileNameOf(".env"), "env");
		assert.equal(fileNameOf("CON"), "Chat CON");
		assert.equal(fileNameOf("lpt1.txt"), "Chat lpt1.txt");
		assert.equal(fileNameOf("console"), "console");
	});

	it("is not too long, and contains only whole characters", () => {
		assert.equal(Buffer.byteLength(fileNameOf("ä".repeat(300))), 120);
		assert.equal(fileNameOf(`${"x".repeat(119)}🎉`), "x".repeat(119));
	});

	const seed = chosenSeed();
	it(`stays in its folder whatever the title, seed ${seed}`, () => {
		const random = seededRandom(seed);
		const characters = [
			"/",
			"\\",
			".",
			" ",
			":",
			"a",
			"\u0000",
			"\u202e",
			"\ud800",
			"🎉",
			"\n",
			"~",
		];
		for (let round = 0; round < 2000; round += 1) {
			const title = Array.from(
				{ length: Math.floor(random() * 12) },
				() => characters[Math.floor(random() * characters.length)],
			).join("");
			const name = fileNameOf(title);
			assert.match(name, /^[^/\\:\p{Cc}\u202e.\s][^/\\:\p{Cc}\u202e]*$/u);
			assert.ok(!/[. ]$/.test(name) && !/\p{Surrogate}/u.test(name), JSON.stringify(title));
			assert.equal(path.win32.basename(path.posix.basename(name)), name);
		}
	});

	it("gets a number if it is taken, even in another case or Unicode form", () => {
		const names = new UniqueNames(["chat.md", "É.md"]);
		assert.equal(names.next("Chat", ".md"), "Chat (2).md");
		assert.equal(names.next("CHAT", ".md"), "CHAT (3).md");
		assert.equal(names.next("E\u0301", ".md"), "E\u0301 (2).md");
		assert.equal(names.next("Other", ".md"), "Other.md");
		assert.equal(names.next("Other", ".md"), "Other (2).md");
	});
});

describe("writing an exported file", () => {
	const folder = mkdtempSync(path.join(os.tmpdir(), "export-"));
	const file = path.join(folder, "chat.md");
	const never = new AbortController().signal;

	async function* pieces(...texts: readonly (string | Error)[]): AsyncGenerator<string> {
		for (const text of texts) {
			await Promise.resolve();
			if (typeof text !== "string") {
				throw text;
			}
			yield text;
		}
	}

	beforeEach(() => {
		writeFileSync(file, "before");
	});
	after(() => {
		rmSync(folder, { recursive: true });
	});

	it("replaces the previous file with the complete new one", async () => {
		await writeWhole(file, pieces("one, ", "two"), never);
		assert.equal(readFileSync(file, "utf8"), "one, two");
		assert.deepEqual(readdirSync(folder), ["chat.md"]);
	});

	it("keeps only the previous file if it fails or is canceled", async () => {
		const cancelling = new AbortController();
		async function* cancelled(): AsyncGenerator<string> {
			yield "one";
			cancelling.abort();
			yield* pieces("two");
		}
		await assert.rejects(writeWhole(file, pieces("one", new Error("no")), never), /no/);
		await assert.rejects(writeWhole(file, cancelled(), cancelling.signal), /abort/);
		assert.equal(readFileSync(file, "utf8"), "before");
		assert.deepEqual(readdirSync(folder), ["chat.md"]);
	});

	it("leaves no files behind if a folder has the name", async () => {
		const taken = path.join(folder, "taken");
		mkdirSync(path.join(taken, "inside"), { recursive: true });
		await assert.rejects(writeWhole(taken, pieces("one"), never));
		assert.deepEqual(readdirSync(folder), ["chat.md", "taken"]);
	});
});
