import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { findHuggingFaceModels } from "../../../../src/extension/localModels/huggingFace";
import { findLlamaCppModels } from "../../../../src/extension/localModels/llamaCpp";
import { findLmStudioModels } from "../../../../src/extension/localModels/lmStudio";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { generousLimits, pathsAndSizes, putFile, putModel, surroundingsIn } from "./stores";

describe("the model folders of other programs", () => {
	let home: string;
	let remove: () => Promise<void>;

	beforeEach(async () => {
		({ path: home, remove } = await temporaryFolder());
	});
	afterEach(() => remove());

	describe("LM Studio", () => {
		const find = () => findLmStudioModels(surroundingsIn(home), generousLimits());

		it("keeps models in its own folder, or in that of its older versions", async () => {
			const now = await putModel(path.join(home, ".lmstudio/models/maker/m/new.gguf"));
			const before = await putModel(path.join(home, ".cache/lm-studio/models/maker/m/old.gguf"));
			assert.deepEqual(pathsAndSizes(await find()), [
				[before, 100],
				[now, 100],
			]);
		});

		it("keeps models in the folder that its settings name", async () => {
			const elsewhere = path.join(home, "Models of mine");
			await putFile(
				path.join(home, ".lmstudio/settings.json"),
				JSON.stringify({ language: "en", downloadsFolder: elsewhere }),
			);
			const file = await putModel(path.join(elsewhere, "maker/m/model.gguf"));
			assert.deepEqual(pathsAndSizes(await find()), [[file, 100]]);
		});

		it("keeps models where the pointer file in the home folder says", async () => {
			const moved = path.join(home, "moved");
			await putFile(path.join(home, ".lmstudio-home-pointer"), `${moved}\n`);
			const file = await putModel(path.join(moved, "models/maker/m/model.gguf"));
			assert.deepEqual(pathsAndSizes(await find()), [[file, 100]]);
		});

		it("keeps models in its own folder if its settings are unreadable", async () => {
			const file = await putModel(path.join(home, ".lmstudio/models/maker/m/model.gguf"));
			for (const settings of ["{", "[]", '{"downloadsFolder":7}', '{"downloadsFolder":"here"}']) {
				await putFile(path.join(home, ".lmstudio/settings.json"), settings);
				assert.deepEqual(pathsAndSizes(await find()), [[file, 100]], settings);
			}
		});
	});

	describe("the Hugging Face cache", () => {
		/** Adds a model to a cache the way Hugging Face's libraries do: a blob, and a named link to it. */
		async function cache(hub: string, snapshot = "1234", fileBytes = 500): Promise<string> {
			const repository = path.join(hub, "models--maker--tiny-GGUF");
			const blob = await putModel(path.join(repository, "blobs", "0a1b"), fileBytes);
			const file = path.join(repository, "snapshots", snapshot, "tiny-Q4_0.gguf");
			await mkdir(path.dirname(file), { recursive: true });
			await symlink(path.relative(path.dirname(file), blob), file);
			return file;
		}

		const find = (env: Record<string, string> = {}) =>
			findHuggingFaceModels(surroundingsIn(home, env), generousLimits());

		it("contains named links, whose size is that of the blob", async () => {
			const file = await cache(path.join(home, ".cache/huggingface/hub"));
			const [model, ...others] = await find();
			assert.deepEqual(others, []);
			assert.deepEqual(model, {
				store: "huggingFace",
				name: "tiny-Q4_0",
				path: file,
				parts: [file],
				fileBytes: 500,
				quantization: "Q4_0",
			});
		});

		it("is not searched for data sets", async () => {
			await putModel(path.join(home, ".cache/huggingface/hub/datasets--a--b/snapshots/1/x.gguf"));
			assert.deepEqual(await find(), []);
		});

		it("is the folder that the first of its variables names", async () => {
			const at = (name: string): string => path.join(home, name);
			const hub = await cache(at("hub"));
			const old = await cache(at("old"));
			const home_ = await cache(at("hf/hub"));
			const xdg = await cache(at("xdg/huggingface/hub"));
			const variables: [string, string, string][] = [
				["XDG_CACHE_HOME", at("xdg"), xdg],
				["HF_HOME", "~/hf", home_],
				["HUGGINGFACE_HUB_CACHE", at("old"), old],
				["HF_HUB_CACHE", at("hub"), hub],
			];
			const env: Record<string, string> = {};
			for (const [name, value, file] of variables) {
				env[name] = value;
				assert.deepEqual(pathsAndSizes(await find(env)), [[file, 500]], name);
			}
		});
	});

	describe("the llama.cpp cache", () => {
		it("is in the system's cache folder, with files named after their repositories", async () => {
			const name = "maker_tiny-GGUF_tiny-Q4_0.gguf";
			for (const [platform, folder, env] of [
				["linux", ".cache/llama.cpp", {}],
				["linux", "xdg/llama.cpp", { XDG_CACHE_HOME: path.join(home, "xdg") }],
				["darwin", "Library/Caches/llama.cpp", {}],
				["win32", "local/llama.cpp", { LOCALAPPDATA: path.join(home, "local") }],
				["linux", "own", { LLAMA_CACHE: path.join(home, "own") }],
			] as const) {
				const file = await putModel(path.join(home, folder, name));
				const [model, ...others] = await findLlamaCppModels(
					surroundingsIn(home, env, platform),
					generousLimits(),
				);
				assert.deepEqual(others, []);
				assert.equal(model?.path, file, folder);
				assert.equal(model.name, "tiny-Q4_0");
			}
		});
	});
});
