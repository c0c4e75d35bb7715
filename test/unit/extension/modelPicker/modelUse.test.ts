import assert from "node:assert/strict";
import type { LocalModel } from "../../../../src/extension/localModels/localModel";
import { modelUse } from "../../../../src/extension/modelPicker/modelUse";
import type { ModelStatus } from "../../../../src/protocol/inference/model";

const split: LocalModel = {
	store: "ours",
	name: "big",
	path: "/models/big-00001-of-00002.gguf",
	parts: ["/models/big-00001-of-00002.gguf", "/models/big-00002-of-00002.gguf"],
	fileBytes: 2,
	quantization: undefined,
};
const unloaded: ModelStatus = { kind: "unloaded", name: "big", detail: split.path, gpu: "off" };

describe("a model counts as in use", () => {
	const inUse = (status: ModelStatus, loadedPath: string | undefined, setting: string): boolean =>
		modelUse({ status, loadedPath, unload: () => Promise.resolve() }, () => setting).isLoaded(
			split,
		);

	it("while it is in memory, even if the settings already name another", () => {
		assert.equal(inUse(unloaded, split.path, "/models/other.gguf"), true);
		assert.equal(inUse(unloaded, "/models/other.gguf", split.path), false);
	});

	it("while it is being loaded", () => {
		const loading: ModelStatus = { kind: "loading", name: "big", fraction: 0.5 };
		assert.equal(inUse(loading, undefined, split.path), true);
		assert.equal(inUse(loading, undefined, "/models/other.gguf"), false);
	});

	it("until it is unloaded", () => {
		assert.equal(inUse(unloaded, undefined, split.path), false);
	});
});
