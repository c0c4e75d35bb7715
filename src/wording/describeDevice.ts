import type { AnswerStats } from "../protocol/chat/chat";
import type { Device } from "../protocol/inference/model";
import { backendTitle } from "./describeBackend";
import { formatCount } from "./format";
import { formatNumber } from "./intl";
import { plural, t } from "./localize";

/** Returns "CPU, 2 threads", "Vulkan", or "CUDA, 20 of 28 layers". */
export function describeDevice(device: Device): string {
	if (device.kind === "cpu") {
		return plural(device.threads, "CPU, {0} thread", "CPU, {0} threads");
	}
	const backend = backendTitle(device.backend);
	return device.gpuLayers < device.totalLayers
		? t(
				"{0}, {1} of {2} layers",
				backend,
				formatCount(device.gpuLayers),
				formatCount(device.totalLayers),
			)
		: backend;
}

/** Returns "450 tokens/s" or "7.2 tokens/s"; empty if too little was measured. */
export function describeRate({
	answerTokens,
	decodeMs,
}: Pick<AnswerStats, "answerTokens" | "decodeMs">): string {
	const rate = decodeMs > 0 ? (answerTokens * 1000) / decodeMs : 0;
	if (rate <= 0) {
		return "";
	}
	const digits = rate < 10 ? 1 : 0;
	const shown = formatNumber(rate, {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
	return t("{0} tokens/s", shown);
}
