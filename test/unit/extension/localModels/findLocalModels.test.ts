import assert from "node:assert/strict";
import path from "node:path";
import { findLocalModels } from "../../../../src/extension/localModels/findLocalModels";
import type { LocalModel } from "../../../../src/extension/localModels/localModel";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { RecordedLog } from "../../../support/recordedLog";
import { putModel, surroundingsIn } from "./stores";

describe("the search for models on this machine", () => {
	let home: string;
	let remove: () => Promise<void>;

	beforeEach(async () => {
		({ path: home, remove } = await temporaryFolder());
	});
	afterEach(() => remove());

	async function search(
		env: Record<string, string> = {},
		signal = new AbortController().signal,
	): Promise<LocalModel[]> {
		const found: LocalModel[] = [];
		await findLocalModels(
			{
				surroundings: surroundingsIn(home, env, "darwin"),
				ownFolder: path.join(home, "own"),
				onFound: (models) => {
					found.push(...models);
				},
				log: new RecordedLog(),
			},
			signal,
		);
		return found;
	}

	it("finds the models of every store", async () => {
		await putModel(path.join(home, "own/a.gguf"));
		await putModel(path.join(home, ".lmstudio/models/maker/m/b.gguf"));
		await putModel(path.join(home, ".cache/huggingface/hub/models--m--m/snapshots/1/c.gguf"));
		await putModel(path.join(home, "Library/Caches/llama.cpp/d.gguf"));
		assert.deepEqual((await search()).map(({ store, name }) => [store, name]).sort(), [
			["huggingFace", "c"],
			["llamaCpp", "d"],
			["lmStudio", "b"],
			["ours", "a"],
		]);
	});

	it("reports a file once if two stores share it", async () => {
		const hub = path.join(home, "hub");
		await putModel(path.join(hub, "models--m--m/snapshots/1/c.gguf"));
		const found = await search({ HF_HUB_CACHE: hub, LLAMA_CACHE: hub });
		assert.equal(found.length, 1);
	});

	it("reports nothing after it is aborted", async () => {
		await putModel(path.join(home, "own/a.gguf"));
		assert.deepEqual(await search({}, AbortSignal.abort()), []);
	});
});
