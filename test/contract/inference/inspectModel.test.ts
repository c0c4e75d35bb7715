import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { inspectModel } from "../../../src/extension/inference/inspectModel";
import type { ModelDetails } from "../../../src/protocol/inference/model";
import { damagedModel, renameArchitecture } from "../../support/models/badModels";
import { temporaryFolder } from "../../support/temporaryFolder";
import { demoModel, inferenceModule, scriptedModule } from "../../support/models/localModelFixture";
import { RecordedLog } from "../../support/recordedLog";
import { failureOf, never } from "./describeLanguageModel";

describe("a model's details, read by a process that loads nothing", function () {
	this.timeout(30_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	const log = new RecordedLog();

	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	const inspect = (file: string, signal = never): Promise<ModelDetails | undefined> =>
		inspectModel(inferenceModule, file, log, signal);

	it("are what its file says", async () => {
		const details = await inspect(demoModel);
		assert.ok(details);
		const { chatTemplate, ...others } = details;
		assert.deepEqual(others, {
			kind: "chat",
			name: "Tiny Chat Demo",
			path: demoModel,
			fileBytes: 2_325_792,
			partCount: 1,
			architecture: "llama",
			parameterCount: 1_140_096,
			quantization: "F16",
			trainedContextTokens: 4096,
			layers: 5,
		});
		assert.match(chatTemplate ?? "", /messages/);
	});

	it("do not load llama.cpp, and leave no process behind", async () => {
		log.lines.length = 0;
		await inspect(demoModel);
		assert.deepEqual(
			log.lines.map((line) => line.replace(/\d+/, "N")),
			["info inference process N started", "info inference process ended"],
		);
	});

	it("cover all parts of a split model", async () => {
		const first = path.join(folder.path, "tiny-00001-of-00002.gguf");
		const second = path.join(folder.path, "tiny-00002-of-00002.gguf");
		await writeFile(first, await readFile(demoModel));
		assert.deepEqual(await failureOf(inspect(first)), { kind: "modelFileMissing", path: second });
		await writeFile(second, await readFile(demoModel));
		const details = await inspect(first);
		assert.equal(details?.partCount, 2);
		assert.equal(details.fileBytes, 2 * 2_325_792);
		assert.equal(details.parameterCount, 2 * 1_140_096);
	});

	it("are available for a model that this version cannot run", async () => {
		const model = await damagedModel(folder.path, "lxama.gguf", renameArchitecture);
		assert.equal((await inspect(model))?.architecture, "lxama");
	});

	it("are unavailable, each with its own reason, for files that are incomplete or not models", async () => {
		const notes = path.join(folder.path, "notes.gguf");
		await writeFile(notes, "These are notes, not weights.");
		assert.deepEqual(await failureOf(inspect(notes)), {
			kind: "notGguf",
			path: notes,
			found: "other",
		});
		const cut = await damagedModel(folder.path, "cut.gguf", (whole) => whole.subarray(0, 5000));
		assert.deepEqual(await failureOf(inspect(cut)), {
			kind: "modelTruncated",
			path: cut,
			fileBytes: 5000,
		});
	});

	it("can be cancelled", async () => {
		const controller = new AbortController();
		const details = inspect(demoModel, controller.signal);
		controller.abort();
		assert.equal(await details, undefined);
		assert.equal(await inspect(demoModel, AbortSignal.abort()), undefined);
	});

	it("come from any engine that serves the protocol", async () => {
		const details = await inspectModel(scriptedModule, "/models/any.gguf", log, never);
		assert.equal(details?.name, "Scripted");
		const missing = inspectModel(scriptedModule, "/models/missing.gguf", log, never);
		assert.equal((await failureOf(missing)).kind, "modelFileMissing");
	});
});
