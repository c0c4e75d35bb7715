import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { InferenceFailure } from "../../../src/protocol/failure";
import {
	breakHeader,
	claimHugeContext,
	damagedModel,
	loseTensor,
	renameArchitecture,
} from "../../support/models/badModels";
import { temporaryFolder } from "../../support/temporaryFolder";
import { ofArchitecture, putGguf } from "../../support/models/ggufFiles";
import {
	createLocalLanguageModel,
	demoModel,
	inferenceModule,
} from "../../support/models/localModelFixture";
import { failureOf, never } from "./describeLanguageModel";

describe("a bad model gets its own failure from the real engine", function () {
	this.timeout(30_000);
	const fixture = createLocalLanguageModel(inferenceModule);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;

	before(async () => {
		folder = await temporaryFolder();
	});
	after(async () => {
		await fixture.languageModel.unload();
		await folder.remove();
	});

	/** @returns how loading `model` fails. */
	async function failureWith(model: string, contextTokens = 4096): Promise<InferenceFailure> {
		fixture.settings = { ...fixture.settings, model, contextTokens };
		const failure = await failureOf(fixture.languageModel.prepare(never));
		const { status } = fixture.languageModel;
		assert.equal(status.kind, "failed");
		assert.deepEqual(status.failure, failure);
		return failure;
	}

	it("none chosen", async () => {
		assert.deepEqual(await failureWith("  "), { kind: "modelNotChosen" });
	});

	it("a value that names nothing", async () => {
		const value = "Llama 3.2";
		assert.deepEqual(await failureWith(value), { kind: "modelSettingInvalid", value });
	});

	it("missing", async () => {
		const model = path.join(folder.path, "gone.gguf");
		assert.deepEqual(await failureWith(model), { kind: "modelFileMissing", path: model });
	});

	it("not a GGUF", async () => {
		const model = path.join(folder.path, "notes.gguf");
		await writeFile(model, "These are notes, not weights.");
		assert.deepEqual(await failureWith(model), { kind: "notGguf", path: model, found: "other" });
	});

	it("empty", async () => {
		const model = path.join(folder.path, "empty.gguf");
		await writeFile(model, "");
		assert.deepEqual(await failureWith(model), { kind: "notGguf", path: model, found: "nothing" });
	});

	it("a folder", async () => {
		const failure = await failureWith(folder.path);
		assert.deepEqual(failure, { kind: "notGguf", path: folder.path, found: "folder" });
	});

	it("a pipe that nobody writes to, without waiting for it", async () => {
		const model = path.join(folder.path, "pipe.gguf");
		execFileSync("mkfifo", [model]);
		assert.deepEqual(await failureWith(model), { kind: "notGguf", path: model, found: "pipe" });
	});

	it("an embedding model, a later part of a split one, and an architecture of five megabytes", async () => {
		const bert = path.join(folder.path, "bert.gguf");
		await putGguf(bert, { values: ofArchitecture("nomic-bert") });
		assert.deepEqual(await failureWith(bert), {
			kind: "notChatModel",
			path: bert,
			modelKind: "embedding",
		});
		const second = path.join(folder.path, "split-00002-of-00002.gguf");
		await putGguf(second);
		assert.equal((await failureWith(second)).kind, "laterPart");
		const odd = path.join(folder.path, "odd.gguf");
		const architecture = "\u202ex".repeat(2_500_000);
		await putGguf(odd, {
			values: { "general.architecture": { type: "string", value: architecture } },
		});
		const failure = await failureWith(odd);
		assert.equal(failure.kind, "unsupportedArchitecture");
		assert.ok(failure.architecture.length <= 40);
		assert.ok(fixture.log.lines.every((line) => line.length < 10_000));
	});

	for (const [what, fileBytes] of [
		["in the weights", 1_500_000],
		["in the last byte of the weights", 2_325_791],
		["in the header", 5000],
	] as const) {
		it(`truncated ${what}`, async () => {
			const model = await damagedModel(folder.path, `cut-${fileBytes}.gguf`, (whole) =>
				whole.subarray(0, fileBytes),
			);
			assert.deepEqual(await failureWith(model), {
				kind: "modelTruncated",
				path: model,
				fileBytes,
			});
		});
	}

	it("of an unknown architecture", async () => {
		const model = await damagedModel(folder.path, "lxama.gguf", renameArchitecture);
		assert.deepEqual(await failureWith(model), {
			kind: "unsupportedArchitecture",
			path: model,
			architecture: "lxama",
		});
	});

	it("with a damaged header", async () => {
		const model = await damagedModel(folder.path, "damaged.gguf", breakHeader);
		assert.deepEqual(await failureWith(model), {
			kind: "modelUnreadable",
			path: model,
			reason: "value type 99 is unknown",
		});
	});

	it("that only llama.cpp finds wanting, with its words", async () => {
		const model = await damagedModel(folder.path, "wanting.gguf", loseTensor);
		const failure = await failureWith(model);
		assert.equal(failure.kind, "modelUnreadable");
		assert.match(failure.reason, /output_norm/);
	});

	it("too big for the memory", async () => {
		const model = await damagedModel(folder.path, "huge.gguf", claimHugeContext);
		const contextTokens = 2 ** 30;
		const failure = await failureWith(model, contextTokens);
		assert.equal(failure.kind, "insufficientMemory");
		assert.equal(failure.contextTokens, contextTokens);
		assert.ok(failure.requiredBytes !== undefined);
		assert.ok(failure.requiredBytes > failure.freeBytes);
	});

	it("and a good one loads afterwards in the same process", async () => {
		fixture.settings = { ...fixture.settings, model: demoModel, contextTokens: 4096 };
		fixture.languageModel.settingsChanged();
		const processId = fixture.languageModel.processId;
		assert.ok(await fixture.languageModel.prepare(never));
		assert.equal(fixture.languageModel.processId, processId);
	});
});
