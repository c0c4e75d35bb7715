import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFile, open, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { readGgufModel, requireChatModel } from "../../../src/gguf/ggufModel";
import { glimpse } from "../../../src/gguf/glimpse";
import { describeFailure } from "../../../src/wording/describeFailure";
import type { InferenceFailure } from "../../../src/protocol/failure";
import { FailureError } from "../../../src/protocol/failureError";
import { temporaryFolder } from "../../support/temporaryFolder";
import { ofArchitecture, putGguf } from "../../support/models/ggufFiles";

const override = "\u202e";
const hostile = `x${override}\u2066\u0000\r\n\u2028\u2029\u200b[here](command:a) https://evil.example/ `;

describe("the header of a model file", () => {
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;

	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	async function failureOf(file: string): Promise<InferenceFailure> {
		try {
			requireChatModel(file, await readGgufModel(file));
		} catch (error) {
			assert.ok(error instanceof FailureError, String(error));
			return error.failure;
		}
		assert.fail("it is a good model");
	}

	/** Writes a header with these numbers of tensors and entries, and further bytes, to a file that claims to be large. */
	async function putHeader(
		name: string,
		tensorCount: bigint,
		keyCount: bigint,
		...parts: readonly Buffer[]
	): Promise<string> {
		const counts = Buffer.alloc(24);
		counts.write("GGUF");
		counts.writeUInt32LE(3, 4);
		counts.writeBigUInt64LE(tensorCount, 8);
		counts.writeBigUInt64LE(keyCount, 16);
		const file = path.join(folder.path, name);
		await writeFile(file, Buffer.concat([counts, ...parts]));
		const handle = await open(file, "r+");
		// A sparse file: its zeros use no disk space.
		await handle.truncate(8 * 2 ** 30);
		await handle.close();
		return file;
	}

	const u32 = (value: number): Buffer => {
		const bytes = Buffer.alloc(4);
		bytes.writeUInt32LE(value);
		return bytes;
	};
	const u64 = (value: number | bigint): Buffer => {
		const bytes = Buffer.alloc(8);
		bytes.writeBigUInt64LE(BigInt(value));
		return bytes;
	};
	const string = (text: string): Buffer => Buffer.concat([u64(text.length), Buffer.from(text)]);
	const stringsOf = (key: string, count: number): Buffer =>
		Buffer.concat([string(key), u32(9), u32(8), u64(count)]);

	for (const [what, architecture] of [
		["of five megabytes", "x".repeat(5_000_000)],
		["of many lines", "a\n".repeat(1000)],
		["that turns writing around and holds links", hostile],
		["that is a link", "[llama](command:workbench.action.quit)"],
		["of marks that pile up", `z${"\u0301".repeat(10_000)}`],
		["of invisible signs", "\u200b\u3164\ufeff\u{e0041}"],
		["that is empty", ""],
		["that is half of a character", "\ud83d".repeat(50)],
		["of emoji", "👩‍👩‍👧‍👦".repeat(500)],
		["of spaces", " ".repeat(100_000)],
	] as const) {
		it(`is one short, plain line where it is an architecture ${what}`, async () => {
			const values = { "general.architecture": { type: "string", value: architecture } } as const;
			const file = await putGguf(path.join(folder.path, "odd.gguf"), { values });
			const failure = await failureOf(file);
			assert.equal(failure.kind, "unsupportedArchitecture");
			const said = JSON.stringify(failure);
			assert.ok(said.length < 400, String(said.length));
			const { sentence } = describeFailure(failure);
			assert.ok(sentence.length < 400, String(sentence.length));
			assert.doesNotMatch(sentence, /\]\(|:\/\//);
			assert.doesNotMatch(sentence, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|\p{M}{4}/u);
		});
	}

	for (const [what, name, shown] of [
		["of five megabytes", "n".repeat(5_000_000), /^n{99}…$/],
		["with line breaks", "one\r\ntwo\u2028three", /^one two three$/],
		["that turns writing around", `good${override}fugg.exe`, /^good fugg\.exe$/],
		["of controls only", "\u0000\u0001\u009f", /^none$/],
		["with marks that pile up", `Z${"\u0301".repeat(90)}algo`, /^Z\u0301{3}algo$/],
		["cut inside of a character", `${"a".repeat(98)}😀😀`, /^a{98}…$/],
	] as const) {
		it(`is one short, plain line where it is a name ${what}`, async () => {
			const values = { "general.name": { type: "string", value: name } } as const;
			const file = await putGguf(path.join(folder.path, "named.gguf"), { values });
			assert.match((await readGgufModel(file)).name ?? "none", shown);
		});
	}

	const hostileHeaders: readonly (readonly [string, () => Promise<string>])[] = [
		["2^28 empty strings", () => putHeader("a", 0n, 1n, stringsOf("k", 2 ** 28))],
		["2^40 entries", () => putHeader("b", 0n, 2n ** 40n)],
		["2^28 entries", () => putHeader("c", 0n, 2n ** 28n)],
		["2^28 tensors", () => putHeader("d", 2n ** 28n, 0n)],
		["five million strings", () => putHeader("e", 0n, 1n, stringsOf("k", 5_000_000))],
		["a key of 200 MB", () => putHeader("f", 0n, 1n, u64(200_000_000))],
		[
			"a hundred lists of 100,000 strings",
			() =>
				putHeader(
					"g",
					0n,
					100n,
					...Array.from({ length: 100 }, (_, index) =>
						Buffer.concat([stringsOf(`k${index}`, 100_000), Buffer.alloc(800_000)]),
					),
				),
		],
		[
			"five strings of 100 MB",
			() =>
				putHeader(
					"h",
					0n,
					5n,
					string("k"),
					u32(8),
					u64(100_000_000),
					Buffer.alloc(100_000_000),
					string("l"),
					u32(8),
					u64(200_000_000),
				),
		],
		[
			"a list of 2^60 numbers",
			() => putHeader("i", 0n, 1n, string("k"), u32(9), u32(4), u64(2n ** 60n)),
		],
		[
			"a list of 2^28 numbers",
			() => putHeader("j", 0n, 1n, string("k"), u32(9), u32(12), u64(2 ** 28)),
		],
	];
	for (const [what, put] of hostileHeaders) {
		it(`is read in bounded time and memory where its header has ${what}`, async () => {
			const file = await put();
			const before = performance.now();
			const failure = await failureOf(file);
			await glimpse(file);
			const tookMs = performance.now() - before;
			assert.equal(failure.kind, "modelUnreadable");
			assert.ok(tookMs < 3000, `${tookMs} ms`);
			assert.ok(JSON.stringify(failure).length < 500);
		});
	}

	it("is bounded over all parts of a split model", async () => {
		const count = 30;
		const name = (index: number) => `p-${String(index).padStart(5, "0")}-of-00030.gguf`;
		const values = {
			"tokenizer.ggml.tokens": { type: "strings", value: Array<string>(200_000).fill("") },
		} as const;
		const first = await putGguf(path.join(folder.path, name(1)), { values });
		for (let index = 2; index <= count; index++) {
			await copyFile(first, path.join(folder.path, name(index)));
		}
		const failure = await failureOf(first);
		assert.equal(failure.kind, "modelUnreadable");
		assert.match(failure.reason, /larger than that of any known model/);
	});

	it("keeps a whole chat template, and a long vocabulary keeps no model from loading", async () => {
		const template = "{{ x }}".repeat(20_000);
		const values = {
			"tokenizer.ggml.tokens": { type: "strings", value: Array<string>(300_000).fill("token") },
			"tokenizer.chat_template": { type: "string", value: template },
		} as const;
		const file = await putGguf(path.join(folder.path, "large.gguf"), { values });
		assert.ok((await stat(file)).size > 2 ** 21);
		const model = await readGgufModel(file);
		assert.equal(model.chatTemplate, template);
		assert.equal(model.kind, "chat");
	});

	it("leaves real architectures as they are", async () => {
		for (const architecture of [
			"llama",
			"ernie4_5-moe",
			"nemotron_h_moe",
			"minimax-m3",
			"spark2_5",
		]) {
			const values = ofArchitecture(architecture);
			const file = await putGguf(path.join(folder.path, "real.gguf"), { values });
			const model = await readGgufModel(file);
			requireChatModel(file, model);
			assert.equal(model.architecture, architecture);
		}
	});
});

describe("a path that leads to no GGUF", () => {
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;

	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	async function sentenceFor(file: string): Promise<string> {
		try {
			await readGgufModel(file);
		} catch (error) {
			assert.ok(error instanceof FailureError, String(error));
			const { sentence, actions } = describeFailure(error.failure);
			assert.deepEqual(actions, ["chooseModel", "retry"]);
			return sentence;
		}
		assert.fail("it is a GGUF");
	}

	const lfs = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 4368439584\n`;
	for (const [what, content, says] of [
		["a Git LFS pointer", lfs, /is a Git LFS pointer, .*Run “git lfs pull”/],
		["nothing", "", /is empty/],
		["zeros", Buffer.alloc(5000), /begins with zeros only/],
		["a web page", "<!DOCTYPE html>\n<html lang=en>", /is a web page/],
		["a web page without its type", "\n\n<html><body>Sign in", /is a web page/],
		["an archive of PyTorch's", "PK\u0003\u0004archive/data.pkl", /is an archive/],
		["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), /is an archive/],
		[
			"safetensors",
			Buffer.concat([Buffer.from([80, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{"__metadata__"')]),
			/safetensors format/,
		],
		["an older format", "tjgg\u0003\u0000\u0000\u0000", /older than GGUF/],
		[
			"notes",
			"These are notes.",
			/is not a GGUF model, or its beginning is damaged\. Download or copy/,
		],
		["a damaged beginning", "GGUX\u0003", /or its beginning is damaged/],
	] as const) {
		it(`is said to hold ${what}, and what to do`, async () => {
			const file = path.join(folder.path, "model.gguf");
			await writeFile(file, content);
			assert.match(await sentenceFor(file), says);
		});
	}

	it("is said to be a folder", async () => {
		assert.match(await sentenceFor(folder.path), /is a folder\. Choose the \.gguf file in it\./);
	});

	it("is said to end otherwise where it does", async () => {
		const file = path.join(folder.path, "notes.txt");
		await writeFile(file, "notes");
		assert.match(await sentenceFor(file), /Choose a file that ends in \.gguf\.$/);
	});

	if (process.platform !== "win32") {
		it("is not opened where it is a pipe or a device, which would never end", async () => {
			const pipe = path.join(folder.path, "pipe.gguf");
			execFileSync("mkfifo", [pipe]);
			assert.match(await sentenceFor(pipe), /is a pipe, not a file/);
			assert.match(await sentenceFor("/dev/zero"), /is a device, not a file/);
			assert.deepEqual(await glimpse(pipe), { kind: "notGguf", path: pipe, found: "pipe" });
		});
	}
});
