import assert from "node:assert/strict";
import { readGgufFile } from "../../../src/gguf/ggufFile";
import { damagedModel, valueOffset } from "../../support/models/badModels";
import { temporaryFolder } from "../../support/temporaryFolder";
import { demoModel } from "../../support/models/localModelFixture";
import { kindOf as kindOfModel } from "../../../src/protocol/download/modelKind";
import { FailureError } from "../../../src/protocol/failureError";

describe("readGgufFile", () => {
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;

	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	async function kindOf(name: string, damage: (model: Buffer) => Buffer): Promise<string> {
		try {
			await readGgufFile(await damagedModel(folder.path, name, damage));
			return "none";
		} catch (error) {
			assert.ok(error instanceof FailureError, String(error));
			return error.failure.kind;
		}
	}

	it("reads a model's metadata", async () => {
		const { chatTemplate, facts, split, ...others } = await readGgufFile(demoModel);
		assert.match(chatTemplate ?? "", /^\{\{ .*for message in messages.*endif %\}$/s);
		assert.equal(split, undefined);
		assert.equal(kindOfModel(facts), "chat");
		assert.deepEqual(others, {
			fileBytes: 2_325_792,
			architecture: "llama",
			name: "Tiny Chat Demo",
			layers: 5,
			parameterCount: 1_140_096,
			fileType: 1,
			trainedContextTokens: 4096,
			// 5 layers, 4 heads of 32, keys and values, 2 bytes each
			cacheBytesPerToken: 5 * 4 * 32 * 2 * 2,
			dataEnd: 2_325_792,
		});
	});

	it("reports a file cut at any point as truncated", async () => {
		for (const length of [4, 5, 23, 24, 100, 1000, 10_000, 40_000, 60_000, 1_000_000, 2_325_791]) {
			const kind = await kindOf("cut.gguf", (model) => model.subarray(0, length));
			assert.equal(kind, "modelTruncated", `cut to ${length} bytes`);
		}
	});

	it("rejects a file without the GGUF signature", async () => {
		const kind = await kindOf("png.gguf", (model) => {
			model.write("PNGF");
			return model;
		});
		assert.equal(kind, "notGguf");
	});

	it("reports absurd lengths as damage, not as truncation", async () => {
		const kind = await kindOf("absurd.gguf", (model) => {
			model.writeBigUInt64LE(2n ** 60n, valueOffset(model, "general.name"));
			return model;
		});
		assert.equal(kind, "modelUnreadable");
	});

	it("reports absurd tensor sizes as damage", async () => {
		const kind = await kindOf("vast.gguf", (model) => {
			// Behind the name: how many dimensions there are, and the first of them.
			model.writeBigUInt64LE(2n ** 62n, model.indexOf("output_norm.weight") + 18 + 4);
			return model;
		});
		assert.equal(kind, "modelUnreadable");
	});

	it("takes lists of lists for damage: the format has none, and their depth would have no end", async () => {
		const nested = Buffer.alloc(12);
		nested.writeUInt32LE(9);
		nested.writeBigUInt64LE(1n, 4);
		const kind = await kindOf("nested.gguf", (model) => {
			const at = valueOffset(model, "tokenizer.ggml.tokens");
			return Buffer.concat([
				model.subarray(0, at),
				...Array.from({ length: 1000 }, () => nested),
				model.subarray(at),
			]);
		});
		assert.equal(kind, "modelUnreadable");
	});

	it("shortens a model's name to one line", async () => {
		const name = `Tiny\n\u0000 Chat\u202e ${"x".repeat(100_000)}`;
		const length = Buffer.alloc(8);
		length.writeBigUInt64LE(BigInt(Buffer.byteLength(name)));
		const path = await damagedModel(folder.path, "named.gguf", (model) => {
			const at = valueOffset(model, "general.name");
			const after = at + 8 + Number(model.readBigUInt64LE(at));
			// The weights begin at a multiple of 32 behind the header, so they may end a little later.
			const padding = Buffer.alloc(32);
			return Buffer.concat([
				model.subarray(0, at),
				length,
				Buffer.from(name),
				model.subarray(after),
				padding,
			]);
		});
		const file = await readGgufFile(path);
		assert.equal(file.name?.length, 100);
		assert.match(file.name, /^Tiny Chat x+…$/);
	});

	it("refuses a version it does not know", async () => {
		const kind = await kindOf("future.gguf", (model) => {
			model.writeUInt32LE(9, 4);
			return model;
		});
		assert.equal(kind, "modelUnreadable");
	});

	it("accepts a file with more data after its weights", async () => {
		const kind = await kindOf("longer.gguf", (model) => Buffer.concat([model, Buffer.alloc(100)]));
		assert.equal(kind, "none");
	});
});
