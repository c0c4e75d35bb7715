import assert from "node:assert/strict";
import { estimateFit, type ModelFit } from "../../../../src/protocol/inference/modelFit";
import { describeFit } from "../../../../src/wording/describeFit";

const gigabyte = 1e9;
const model = { fileBytes: 2 * gigabyte, cacheBytesPerToken: 100_000, totalLayers: 28 };
/** With the model above, 3 GB in all. */
const contextTokens = 10_000;

describe("The fit of a model", () => {
	it("is on the GPU alone if weights, context, and llama.cpp's buffers fit into its memory", () => {
		const fits = (gpuBytes: number): ModelFit =>
			estimateFit(model, contextTokens, { ramBytes: 0, gpuBytes });
		assert.deepEqual(fits(3 * gigabyte + 512 * 2 ** 20), { kind: "gpu" });
		assert.equal(fits(3 * gigabyte).kind, "tooLarge");
	});

	it("is partly on the GPU with as many layers as its memory holds", () => {
		const memory = { ramBytes: 8 * gigabyte, gpuBytes: 1.5 * gigabyte + 512 * 2 ** 20 };
		assert.deepEqual(estimateFit(model, contextTokens, memory), {
			kind: "partly",
			gpuLayers: 14,
			totalLayers: 28,
		});
	});

	it("is on the CPU if no GPU is known, or if it cannot hold a single layer", () => {
		for (const gpuBytes of [undefined, 0, 600 * 2 ** 20]) {
			assert.deepEqual(
				estimateFit(model, contextTokens, { ramBytes: 8 * gigabyte, gpuBytes }),
				{ kind: "cpu", memoryBytes: 3 * gigabyte },
				String(gpuBytes),
			);
		}
	});

	it("is too large from one byte over the total memory", () => {
		const fits = (ramBytes: number): ModelFit =>
			estimateFit(model, contextTokens, { ramBytes, gpuBytes: undefined });
		assert.equal(fits(3 * gigabyte).kind, "cpu");
		assert.deepEqual(fits(3 * gigabyte - 1), {
			kind: "tooLarge",
			requiredBytes: 3 * gigabyte,
			freeBytes: 3 * gigabyte - 1,
		});
	});

	it("counts only the weights if the size of the context is unknown", () => {
		assert.deepEqual(
			estimateFit({ ...model, cacheBytesPerToken: undefined }, contextTokens, {
				ramBytes: 8 * gigabyte,
				gpuBytes: undefined,
			}),
			{ kind: "cpu", memoryBytes: 2 * gigabyte },
		);
	});

	for (const [fit, words] of [
		[{ kind: "gpu" }, "Fits into GPU memory"],
		[{ kind: "partly", gpuLayers: 20, totalLayers: 28 }, "Partly on the GPU (20 of 28 layers)"],
		[{ kind: "cpu", memoryBytes: 3 * gigabyte }, "CPU only, about 3.0 GB of memory"],
		[
			{ kind: "tooLarge", requiredBytes: 9 * gigabyte, freeBytes: 4 * gigabyte },
			"Too large: needs 9.0 GB, 4.0 GB is free",
		],
	] satisfies [ModelFit, string][]) {
		it(`is described as “${words}”`, () => {
			assert.equal(describeFit(fit), words);
		});
	}
});
