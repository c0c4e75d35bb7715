import assert from "node:assert/strict";
import { modelRows, repositoryRows } from "../../../../src/extension/modelPicker/hubRows";

const repository = {
	name: "someone/Qwen-Coder-GGUF",
	downloads: 1_234_567,
	license: "apache-2.0",
	isGated: false,
	parameterCount: 7_615_616_512,
	trainedContextTokens: 32_768,
};

describe("the results of a hub search", () => {
	it("show the downloads, license, parameters, and context of a repository", () => {
		assert.deepEqual(
			repositoryRows([repository]).map(({ label, description, detail }) => [
				label,
				description,
				detail,
			]),
			[
				[
					"someone/Qwen-Coder-GGUF",
					"1.2M downloads · apache-2.0",
					"7.6B parameters · context of 32,768 tokens",
				],
			],
		);
	});

	it("omit what is unknown, and say that an account is required", () => {
		const [row] = repositoryRows([
			{
				...repository,
				license: null,
				isGated: true,
				parameterCount: null,
				trainedContextTokens: null,
			},
		]);
		assert.deepEqual([row?.description, row?.detail], ["1.2M downloads · Requires an account", ""]);
	});

	it("never render the hub's text as icons", () => {
		const [row] = repositoryRows([{ ...repository, name: "a/$(trash)", license: "$(x)" }]);
		assert.doesNotMatch(`${row?.label ?? ""}${row?.description ?? ""}`, /\$\(/);
	});

	it("show the size and fit of each quantization, and the recommended one", () => {
		const model = { address: "hf:a/b:Q4_K_M", label: "Q4_K_M", fileBytes: 4.9e9, isDefault: true };
		const fitWith = (ramBytes: number, gpuBytes?: number): string | undefined =>
			modelRows([model], { ramBytes, gpuBytes })[0]?.detail;
		const [row] = modelRows([model], { ramBytes: 8e9, gpuBytes: undefined });
		assert.deepEqual([row?.label, row?.description], ["Q4_K_M", "4.9 GB · Recommended"]);
		assert.equal(fitWith(8e9), "Fits into main memory");
		assert.equal(fitWith(8e9, 8e9), "Fits on the GPU");
		assert.equal(fitWith(8e9, 3e9), "Fits partly on the GPU");
		assert.equal(fitWith(2e9), "Too large: 2.0 GB of memory is free");
	});
});
