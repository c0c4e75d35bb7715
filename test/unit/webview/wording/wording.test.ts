import assert from "node:assert/strict";
import type { AnswerProgress } from "../../../../src/protocol/chat/chat";
import { describeDevice } from "../../../../src/wording/describeDevice";
import type { FetchProgress } from "../../../../src/protocol/download/fetchProgress";
import type { GpuChoice, ModelStatus } from "../../../../src/protocol/inference/model";
import {
	describeHome,
	describeModel,
	describeOutcome,
	describeProgress,
	modelProgress,
} from "../../../../src/webview/wording/wording";
import { answerStats, crash, readyModel } from "../../../support/view/chatStates";

const name = "tiny-chat";
const unloaded = (gpu: GpuChoice): ModelStatus => ({
	kind: "unloaded",
	name,
	detail: "/models/tiny-chat.gguf",
	gpu,
});
const progress: FetchProgress = {
	receivedBytes: 240_000_000,
	totalBytes: 2_000_000_000,
	bytesPerSecond: 0,
	activity: "receiving",
};
const downloading: ModelStatus = { kind: "downloading", name, progress };

describe("the status line", () => {
	it("shows the model's name and its state", () => {
		assert.equal(describeModel(unloaded("auto")), "tiny-chat · not loaded");
		assert.equal(
			describeModel({ kind: "unloaded", name: "No model", detail: "", gpu: "auto" }),
			"No model",
		);
		assert.equal(describeModel({ kind: "starting", name }), "Starting tiny-chat…");
		assert.equal(describeModel(downloading), "Downloading tiny-chat… 12% (240 MB of 2.0 GB)");
		assert.equal(describeModel({ kind: "loading", name, fraction: 0.4 }), "Loading tiny-chat… 40%");
		assert.equal(describeModel(readyModel), "tiny-chat · CPU, 1 thread");
		assert.equal(
			describeModel({ kind: "failed", name, failure: crash }),
			"tiny-chat · ended unexpectedly",
		);
		assert.equal(
			describeModel({ kind: "failed", name, failure: { kind: "modelNotChosen" } }),
			"tiny-chat · not available",
		);
	});

	it("says if only a part of the model is on the GPU", () => {
		const gpu = {
			kind: "gpu",
			backend: "vulkan",
			deviceNames: ["GPU"],
			totalLayers: 28,
			threads: 4,
		} as const;
		assert.equal(describeDevice({ ...gpu, gpuLayers: 28 }), "Vulkan");
		assert.equal(describeDevice({ ...gpu, gpuLayers: 20 }), "Vulkan, 20 of 28 layers");
		assert.equal(describeDevice({ kind: "cpu", threads: 2 }), "CPU, 2 threads");
	});

	it("shows a progress bar only while the model is being prepared", () => {
		assert.equal(modelProgress(downloading), 0.12);
		assert.equal(modelProgress({ kind: "starting", name }), "unknown");
		assert.equal(
			modelProgress({ kind: "downloading", name, progress: { ...progress, totalBytes: 0 } }),
			"unknown",
		);
		assert.equal(modelProgress(readyModel), undefined);
	});
});

describe("the description of the model in an empty conversation", () => {
	it("names the device that the settings select, and the one that was found", () => {
		assert.deepEqual(
			(["auto", "off", "cuda"] as const).map((gpu) => describeHome(unloaded(gpu))),
			[
				"Loads with your first message, on the GPU if possible.",
				"Loads with your first message, on the CPU.",
				"Loads with your first message, on the GPU with CUDA.",
			],
		);
		assert.equal(describeHome(readyModel), "Runs on CPU, 1 thread");
	});

	it("announces no loading if no model is selected, or if loading has begun", () => {
		assert.equal(
			describeHome({ kind: "unloaded", name: "No model", detail: "", gpu: "auto" }),
			"Select a model to chat with.",
		);
		assert.equal(describeHome({ kind: "loading", name, fraction: 0.4 }), "Loading…");
	});
});

describe("the progress of an answer", () => {
	it("distinguishes loading, reading the prompt, and writing", () => {
		const loading: ModelStatus = { kind: "loading", name, fraction: 0.4 };
		const describe = (
			progress: AnswerProgress,
			model: ModelStatus = readyModel,
			elapsedSeconds?: number,
		): string => describeProgress(progress, model, elapsedSeconds, undefined);
		assert.equal(describe({ kind: "preparing" }, loading), "Loading the model… 40%");
		assert.equal(
			describe({ kind: "preparing" }, downloading),
			"Downloading the model… 12% (240 MB of 2.0 GB)",
		);
		const prefill = { kind: "prefill", doneTokens: 45, totalTokens: 100 } as const;
		assert.equal(describe(prefill), "Reading the prompt…");
		assert.equal(describe({ kind: "decoding" }, readyModel, 12), "Writing… 12 s");
		assert.equal(describe({ kind: "waiting" }), "Waiting for the answer in another chat…");
	});

	it("shows the remaining time of a long prompt", () => {
		const prefill = { kind: "prefill", doneTokens: 459, totalTokens: 1000 } as const;
		const describe = (leftSeconds: number): string =>
			describeProgress(prefill, readyModel, undefined, { fraction: 0.459, leftSeconds });
		assert.equal(describe(19.2), "Reading the prompt: 45%, about 20 s left");
		assert.equal(describe(150), "Reading the prompt: 45%, about 3 min left");
	});
});

describe("the foot of an answer", () => {
	it("shows the number of tokens and the rate at which they were written", () => {
		assert.equal(
			describeOutcome({ kind: "complete", stats: answerStats }),
			"45 tokens · 450 tokens/s",
		);
		assert.equal(
			describeOutcome({ kind: "complete", stats: { ...answerStats, decodeMs: 10_000 } }),
			"45 tokens · 4.5 tokens/s",
		);
		assert.equal(
			describeOutcome({
				kind: "complete",
				stats: { ...answerStats, answerTokens: 1, decodeMs: 0 },
			}),
			"1 token",
		);
	});

	it("says why an answer ended if the model did not end it", () => {
		const stats = { ...answerStats, answerTokens: 1, decodeMs: 0 };
		assert.equal(describeOutcome({ kind: "stopped", stats }), "1 token · Stopped");
		assert.equal(describeOutcome({ kind: "stopped", stats: undefined }), "Stopped");
		assert.equal(
			describeOutcome({ kind: "maxTokens", maxTokens: 2048, stats }),
			"1 token · Reached 2,048 tokens",
		);
		assert.equal(
			describeOutcome({ kind: "contextFull", contextTokens: 512, stats }),
			"1 token · Context full",
		);
		assert.equal(describeOutcome({ kind: "interrupted" }), "Interrupted when the window closed");
	});
});
