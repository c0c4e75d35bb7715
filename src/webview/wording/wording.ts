import { assertNever } from "../../protocol/assertNever";
import { formatNumber } from "../../wording/intl";
import { plural, t } from "../../wording/localize";
import type { AnswerProgress, AnswerStats, TurnOutcome } from "../../protocol/chat/chat";
import { describeDevice, describeRate } from "../../wording/describeDevice";
import { describeDeviceReasons } from "../../wording/describeDeviceReason";
import { describeFailure } from "../../wording/describeFailure";
import { describeFetch } from "../../wording/describeFetch";
import { backendTitle } from "../../wording/describeBackend";
import { formatBytes, formatCount, formatPercent, formatTimeLeft } from "../../wording/format";
import type { GpuChoice, ModelStatus } from "../../protocol/inference/model";
import type { ReadingTime } from "../announce/readingTime";

/** Returns why an answer ended, if the user did not stop it. */
export function interruptedText(): string {
	return t("Interrupted when the window closed");
}

/** Returns the name of the model, loaded or not. */
export function modelName(model: ModelStatus): string {
	return model.kind === "ready" ? model.info.name : model.name;
}

/** Returns the status line: "tiny-chat · CPU, 1 thread", "Loading tiny-chat… 40%". */
export function describeModel(model: ModelStatus): string {
	switch (model.kind) {
		case "unloaded":
			return model.detail === "" ? model.name : t("{0} · not loaded", model.name);
		case "starting":
			return t("Starting {0}…", model.name);
		case "downloading":
			return t("Downloading {0}… {1}", model.name, describeFetch(model.progress));
		case "loading":
			return t("Loading {0}… {1}", model.name, formatPercent(model.fraction));
		case "ready":
			return `${model.info.name} · ${describeDevice(model.info.device)}`;
		case "failed":
			return model.failure.kind === "processCrashed"
				? t("{0} · ended unexpectedly", model.name)
				: t("{0} · not available", model.name);
		default:
			return assertNever(model);
	}
}

/** Returns the details for the tooltip of the status line. */
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
				t(
					"Context of {0} tokens; trained for {1}",
					formatCount(contextTokens),
					formatCount(trainedContextTokens),
				),
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

/** Returns the device that the model runs on, or will run on. */
export function describeHome(model: ModelStatus): string {
	switch (model.kind) {
		case "ready":
			return t("Runs on {0}", describeDevice(model.info.device));
		case "failed":
			return describeFailure(model.failure).sentence;
		case "unloaded":
			return model.detail === "" ? t("Select a model to chat with.") : describeLoading(model.gpu);
		case "starting":
		case "downloading":
		case "loading":
			return t("Loading…");
		default:
			return assertNever(model);
	}
}

/**
 * Returns the loading progress of the model, 0 to 1; "unknown" if it cannot be determined; `undefined` if the model is
 * not loading.
 */
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
 * Returns the progress of an answer without text: "Reading the prompt: 45%, about 20 s left".
 *
 * @param elapsedSeconds the time since the request; shown if the answer stays hidden until it is complete
 * @param reading the progress of a long prefill
 */
export function describeProgress(
	progress: AnswerProgress,
	model: ModelStatus,
	elapsedSeconds: number | undefined,
	reading: ReadingTime | undefined,
): string {
	switch (progress.kind) {
		case "waiting":
			return t("Waiting for the answer in another chat…");
		case "preparing":
			return describePreparing(model);
		case "prefill":
			return reading
				? t(
						"Reading the prompt: {0}, about {1} left",
						formatPercent(reading.fraction),
						formatTimeLeft(reading.leftSeconds),
					)
				: t("Reading the prompt…");
		case "decoding":
			return elapsedSeconds === undefined
				? t("Writing…")
				: t("Writing… {0} s", formatCount(elapsedSeconds));
		default:
			return assertNever(progress);
	}
}

/** Returns the footer of an ended answer: "48 tokens · 450 tokens/s · Stopped"; empty if there is nothing to say. */
export function describeOutcome(outcome: TurnOutcome): string {
	switch (outcome.kind) {
		case "complete":
			return outcome.stats ? describeStats(outcome.stats).join(" · ") : "";
		case "stopped":
			return [...(outcome.stats ? describeStats(outcome.stats) : []), t("Stopped")].join(" · ");
		case "maxTokens":
			return [...describeStats(outcome.stats), describeLimit(outcome.maxTokens)].join(" · ");
		case "contextFull":
			return [...describeStats(outcome.stats), t("Context full")].join(" · ");
		case "interrupted":
			return interruptedText();
		case "failed":
			return "";
		default:
			return assertNever(outcome);
	}
}

/** Returns the reason of an answer that reached its token limit. */
export function describeLimit(maxTokens: number): string {
	return plural(maxTokens, "Reached {0} token", "Reached {0} tokens");
}

/** Returns the prefill statistics of an answer for a tooltip. */
export function describePrompt(stats: AnswerStats): string {
	const seconds = formatNumber(stats.firstTokenMs / 1000, {
		minimumFractionDigits: 1,
		maximumFractionDigits: 1,
	});
	return t(
		"First token after {0} s; prompt of {1} tokens, {2} of them new",
		seconds,
		formatCount(stats.promptTokens),
		formatCount(stats.evaluatedTokens),
	);
}

function describeLoading(gpu: GpuChoice): string {
	switch (gpu) {
		case "auto":
			return t("Loads with your first message, on the GPU if possible.");
		case "off":
			return t("Loads with your first message, on the CPU.");
		case "metal":
		case "cuda":
		case "vulkan":
			return t("Loads with your first message, on the GPU with {0}.", backendTitle(gpu));
		default:
			return assertNever(gpu);
	}
}

function describePreparing(model: ModelStatus): string {
	switch (model.kind) {
		case "downloading":
			return t("Downloading the model… {0}", describeFetch(model.progress));
		case "loading":
			return t("Loading the model… {0}", formatPercent(model.fraction));
		case "unloaded":
		case "starting":
		case "failed":
			return t("Loading the model…");
		case "ready":
			return t("Reading the prompt…");
		default:
			return assertNever(model);
	}
}

function describeStats({ answerTokens, decodeMs }: AnswerStats): readonly string[] {
	const count = plural(answerTokens, "{0} token", "{0} tokens");
	const rate = describeRate({ answerTokens, decodeMs });
	return rate === "" ? [count] : [count, rate];
}
