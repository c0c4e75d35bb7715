import { assertNever } from "../../protocol/assertNever";
import type { AnswerProgress, AnswerStats, TurnOutcome } from "../../protocol/chat/chat";
import { describeDevice, describeRate } from "../../wording/describeDevice";
import { describeDeviceReasons } from "../../wording/describeDeviceReason";
import { describeFailure } from "../../wording/describeFailure";
import { describeFetch } from "../../wording/describeFetch";
import { backendTitle } from "../../wording/describeBackend";
import {
	describeCount,
	formatBytes,
	formatCount,
	formatPercent,
	formatTimeLeft,
} from "../../wording/format";
import type { GpuChoice, ModelStatus } from "../../protocol/inference/model";
import type { ReadingTime } from "../announce/readingTime";

/** Why an answer has no end of its own. */
export const interruptedText = "Interrupted when the window closed";

/** @returns what the model is called, loaded or not. */
export function modelName(model: ModelStatus): string {
	return model.kind === "ready" ? model.info.name : model.name;
}

/** @returns the status line: "tiny-chat · CPU, 1 thread", "Loading tiny-chat… 40 %" */
export function describeModel(model: ModelStatus): string {
	switch (model.kind) {
		case "unloaded":
			return model.detail === "" ? model.name : `${model.name} · not loaded`;
		case "starting":
			return `Starting ${model.name}…`;
		case "downloading":
			return `Downloading ${model.name}… ${describeFetch(model.progress)}`;
		case "loading":
			return `Loading ${model.name}… ${formatPercent(model.fraction)}`;
		case "ready":
			return `${model.info.name} · ${describeDevice(model.info.device)}`;
		case "failed":
			return `${model.name} · ${
				model.failure.kind === "processCrashed" ? "ended unexpectedly" : "not available"
			}`;
		default:
			return assertNever(model);
	}
}

/** @returns what stands behind the status line, for a tooltip. */
export function describeModelFully(model: ModelStatus): string {
	switch (model.kind) {
		case "unloaded":
			return model.detail;
		case "ready": {
			const { path, fileBytes, contextTokens, trainedContextTokens, device, deviceReasons } =
				model.info;
			const gpus = device.kind === "gpu" ? device.deviceNames.join(", ") : "";
			return [
				`${path} (${formatBytes(fileBytes)})`,
				`Context of ${describeCount(contextTokens, "token")}; trained for ${formatCount(trainedContextTokens)}`,
				[gpus === "" ? "" : `${gpus}.`, describeDeviceReasons(deviceReasons)]
					.filter(Boolean)
					.join(" "),
			].join("\n");
		}
		case "starting":
		case "downloading":
		case "loading":
		case "failed":
			return "";
		default:
			return assertNever(model);
	}
}

/** @returns where the model runs, or will run. */
export function describeHome(model: ModelStatus): string {
	switch (model.kind) {
		case "ready":
			return `Runs on ${describeDevice(model.info.device)}`;
		case "failed":
			return describeFailure(model.failure).sentence;
		case "unloaded":
			return model.detail === ""
				? "Choose a .gguf file to talk to"
				: `Loads with the first message, on ${describeChoice(model.gpu)}`;
		case "starting":
		case "downloading":
		case "loading":
			return "Is being loaded";
		default:
			return assertNever(model);
	}
}

/** @returns how far the model is on its way, 0 to 1; "unknown" while that cannot be said; `undefined` at rest. */
export function modelProgress(model: ModelStatus): number | "unknown" | undefined {
	switch (model.kind) {
		case "starting":
			return "unknown";
		case "downloading":
			return model.progress.totalBytes > 0
				? model.progress.receivedBytes / model.progress.totalBytes
				: "unknown";
		case "loading":
			return model.fraction;
		case "unloaded":
		case "ready":
		case "failed":
			return undefined;
		default:
			return assertNever(model);
	}
}

/**
 * @param elapsedSeconds since the answer was asked for; shown where the answer stays hidden until it is whole
 * @param reading how far the prompt is, where it takes its time
 * @returns what is being done for an answer that has no text yet: "Reading the prompt: 45 %, about 20 s left"
 */
export function describeProgress(
	progress: AnswerProgress,
	model: ModelStatus,
	elapsedSeconds: number | undefined,
	reading: ReadingTime | undefined,
): string {
	switch (progress.kind) {
		case "waiting":
			return "Waiting for the answer in another conversation…";
		case "preparing":
			return describePreparing(model);
		case "prefill":
			return reading
				? `Reading the prompt: ${formatPercent(reading.fraction)}, about ${formatTimeLeft(reading.leftSeconds)} left`
				: "Reading the prompt…";
		case "decoding":
			return elapsedSeconds === undefined
				? "Writing…"
				: `Writing… ${formatCount(elapsedSeconds)} s`;
		default:
			return assertNever(progress);
	}
}

/** @returns the foot of an ended answer: "48 tokens · 450 tokens/s · Stopped"; empty where there is nothing to say. */
export function describeOutcome(outcome: TurnOutcome): string {
	switch (outcome.kind) {
		case "complete":
			return outcome.stats ? describeStats(outcome.stats).join(" · ") : "";
		case "stopped":
			return [...(outcome.stats ? describeStats(outcome.stats) : []), "Stopped"].join(" · ");
		case "maxTokens":
			return [...describeStats(outcome.stats), describeLimit(outcome.maxTokens)].join(" · ");
		case "contextFull":
			return [...describeStats(outcome.stats), "Context full"].join(" · ");
		case "interrupted":
			return interruptedText;
		case "failed":
			return "";
		default:
			return assertNever(outcome);
	}
}

/** @returns why an answer ended that had as many tokens as it may have. */
export function describeLimit(maxTokens: number): string {
	return `Reached ${describeCount(maxTokens, "token")}`;
}

/** @returns how the prompt of an answer went, for a tooltip. */
export function describePrompt(stats: AnswerStats): string {
	return `First token after ${(stats.firstTokenMs / 1000).toFixed(1)} s; prompt of ${describeCount(stats.promptTokens, "token")}, ${formatCount(stats.evaluatedTokens)} of them new`;
}

function describeChoice(gpu: GpuChoice): string {
	switch (gpu) {
		case "auto":
			return "the GPU where one can be used, otherwise on the CPU";
		case "off":
			return "the CPU";
		case "metal":
		case "cuda":
		case "vulkan":
			return `the GPU with ${backendTitle(gpu)}`;
		default:
			return assertNever(gpu);
	}
}

function describePreparing(model: ModelStatus): string {
	switch (model.kind) {
		case "downloading":
			return `Downloading the model… ${describeFetch(model.progress)}`;
		case "loading":
			return `Loading the model… ${formatPercent(model.fraction)}`;
		case "unloaded":
		case "starting":
		case "failed":
			return "Loading the model…";
		case "ready":
			return "Reading the prompt…";
		default:
			return assertNever(model);
	}
}

function describeStats({ answerTokens, decodeMs }: AnswerStats): readonly string[] {
	const count = describeCount(answerTokens, "token");
	const rate = describeRate({ answerTokens, decodeMs });
	return rate === "" ? [count] : [count, rate];
}
