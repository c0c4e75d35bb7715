import assert from "node:assert/strict";
import { loadModel } from "../../../../src/inference/llama/loadModel";
import { type LoadContext } from "../../../../src/inference/llama/loadContext";
import { RecentLines } from "../../../../src/inference/recentLines";
import { describeFailure } from "../../../../src/wording/describeFailure";
import { demoModel } from "../../../support/models/localModelFixture";
import { FailureError } from "../../../../src/protocol/failureError";

class InsufficientMemoryError extends Error {}

describe("loadModel", () => {
	it("calls a model too big that only the library finds too big for the memory", async () => {
		const context = {
			library: { InsufficientMemoryError },
			llama: {
				gpu: false,
				loadModel: () => Promise.reject(new InsufficientMemoryError("Not enough VRAM")),
			},
			gpu: "off",
			written: new RecentLines(1),
		} as unknown as LoadContext;
		const load = loadModel(
			context,
			{ path: demoModel, contextTokens: 1024, gpuLayers: "auto", threads: 1 },
			() => undefined,
			new AbortController().signal,
		);
		await assert.rejects(load, (error) => {
			assert.ok(error instanceof FailureError && error.failure.kind === "insufficientMemory");
			const { requiredBytes, contextTokens } = error.failure;
			assert.deepEqual(
				{ requiredBytes, contextTokens },
				{ requiredBytes: undefined, contextTokens: 1024 },
			);
			assert.match(
				describeFailure(error.failure).sentence,
				/With a context of 1,024 tokens, the model needs more memory than the .* that is free/,
			);
			return true;
		});
	});
});
