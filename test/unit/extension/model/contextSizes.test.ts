import assert from "node:assert/strict";
import { largerContexts } from "../../../../src/extension/model/contextSizes";

describe("larger contexts", () => {
	const sizes = (contextTokens: number, trainedContextTokens: number): readonly number[] =>
		largerContexts({ contextTokens, trainedContextTokens, contextBytesPerToken: 1 }).map(
			(choice) => choice.contextTokens,
		);

	it("double each time, up to the size that the model was trained for", () => {
		assert.deepEqual(sizes(8_192, 40_000), [16_384, 32_768, 40_000]);
		assert.deepEqual(sizes(4_096, 4_096), []);
		assert.deepEqual(sizes(256, 131_072), [512, 1_024, 2_048, 4_096, 8_192]);
	});

	it("state how much memory they add, if that is known", () => {
		const model = { contextTokens: 8_192, trainedContextTokens: 16_384 };
		assert.deepEqual(largerContexts({ ...model, contextBytesPerToken: 1_000 }), [
			{ contextTokens: 16_384, addedBytes: 8_192_000 },
		]);
		assert.deepEqual(largerContexts({ ...model, contextBytesPerToken: undefined }), [
			{ contextTokens: 16_384, addedBytes: undefined },
		]);
	});
});
