import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { findModelsInFolder } from "../../../../src/extension/localModels/ggufFolder";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { ofArchitecture, putGguf } from "../../../support/models/ggufFiles";
import { RecordedLog } from "../../../support/recordedLog";
import { generousLimits, pathsAndSizes, putFile, putModel } from "./stores";

describe("findModelsInFolder", () => {
	let root: string;
	let remove: () => Promise<void>;
	const log = new RecordedLog();

	beforeEach(async () => {
		({ path: root, remove } = await temporaryFolder());
		log.lines.length = 0;
	});
	afterEach(() => remove());

	const find = (limits = generousLimits(log)) => findModelsInFolder("lmStudio", root, limits);

	it("finds .gguf files at any depth and names models after their files", async () => {
		const file = await putModel(path.join(root, "maker/model/Tiny-1B-Instruct.Q4_K_M.gguf"), 1234);
		await putFile(path.join(root, "maker/model/README.md"), "# Tiny");
		assert.deepEqual(await find(), [
			{
				store: "lmStudio",
				name: "Tiny-1B-Instruct.Q4_K_M",
				path: file,
				parts: [file],
				fileBytes: 1234,
				quantization: "Q4_K_M",
			},
		]);
	});

	it("finds nothing in a missing folder, and logs nothing", async () => {
		const models = await findModelsInFolder(
			"ours",
			path.join(root, "nothing"),
			generousLimits(log),
		);
		assert.deepEqual(models, []);
		assert.deepEqual(log.lines, []);
	});

	it("skips projectors, vocabularies, importance matrices, and embedding models by name", async () => {
		for (const name of [
			"mmproj-model-f16.gguf",
			"gemma.mmproj-f16.gguf",
			"ggml-vocab-llama-bpe.gguf",
			"imatrix-file.gguf",
			"nomic-embed-text-v1.5.Q4_K_M.gguf",
			"model.gguf.part",
		]) {
			await putModel(path.join(root, name));
		}
		assert.deepEqual(await find(), []);
	});

	it("skips other kinds of models by their header, and files that are not GGUF", async () => {
		await putGguf(path.join(root, "search.gguf"), { values: ofArchitecture("bert") });
		await putGguf(path.join(root, "eyes.gguf"), { values: ofArchitecture("clip") });
		await putGguf(path.join(root, "quick.gguf"), { values: ofArchitecture("eagle3") });
		await putFile(path.join(root, "pointer.gguf"), "version https://git-lfs.github.com/spec/v1");
		await putFile(path.join(root, "page.gguf"), "<!DOCTYPE html>");
		const chat = await putGguf(path.join(root, "Qwen-mtp-merged-chat.gguf"));
		const named = await putGguf(path.join(root, "Chat-about-embeddings-Q8_0.gguf"));
		assert.deepEqual((await find()).map((model) => model.path).sort(), [named, chat].sort());
		assert.match(log.lines.join("\n"), /skipped: embedding: .*search\.gguf/);
	});

	it("reports a split model once, with its total size and the path of its first part", async () => {
		const parts = [];
		for (const [index, fileBytes] of [100, 200, 300].entries()) {
			const name = `Big-Q8_0-0000${index + 1}-of-00003.gguf`;
			parts.push(await putModel(path.join(root, name), fileBytes));
		}
		assert.deepEqual(await find(), [
			{
				store: "lmStudio",
				name: "Big-Q8_0",
				path: parts[0],
				parts,
				fileBytes: 600,
				quantization: "Q8_0",
			},
		]);
	});

	it("skips a split model with a missing part, and logs it", async () => {
		await putModel(path.join(root, "Big-00001-of-00003.gguf"));
		await putModel(path.join(root, "Big-00003-of-00003.gguf"));
		assert.deepEqual(await find(), []);
		assert.match(log.lines.join("\n"), /found 2 of 3 parts: .*Big-00001/);
	});

	it("follows links, and enters each folder of a cycle once", async () => {
		const real = path.join(root, "elsewhere");
		const file = await putModel(path.join(real, "a.gguf"), 777);
		const models = path.join(root, "models");
		await mkdir(models);
		await symlink(real, path.join(models, "linked"));
		await symlink(models, path.join(real, "back"));
		await symlink(file, path.join(models, "b.gguf"));
		const found = await findModelsInFolder("ours", models, generousLimits(log));
		assert.deepEqual(pathsAndSizes(found), [
			[path.join(models, "b.gguf"), 777],
			[path.join(models, "linked/a.gguf"), 777],
		]);
	});

	it("skips and logs what it cannot read", async () => {
		await putModel(path.join(root, "a.gguf"));
		await symlink("itself.gguf", path.join(root, "itself.gguf"));
		assert.deepEqual((await find()).length, 1);
		assert.match(log.lines.join("\n"), /skipped: .*ELOOP/);
	});

	it("stops at the limits of depth and entries, and when aborted", async () => {
		await putModel(path.join(root, "1/2/3/deep.gguf"));
		await putModel(path.join(root, "1/near.gguf"));
		const shallow = await find({ ...generousLimits(log), maxDepth: 2 });
		assert.deepEqual(
			shallow.map(({ name }) => name),
			["near"],
		);
		assert.deepEqual(await find({ ...generousLimits(log), maxEntries: 1 }), []);
		assert.match(log.lines.join("\n"), /after 1 entries/);
		assert.deepEqual(await find({ ...generousLimits(log), signal: AbortSignal.abort() }), []);
	});
});
