import type { AnswerStats } from "../protocol/chat/chat";
import { backendTitle } from "../protocol/inference/describeBackend";
import { describeCount, formatCount } from "./format";
import type { Device } from "../protocol/inference/model";

/** @returns "CPU, 2 threads", "Vulkan", "CUDA, 20 of 28 layers" */
export function describeDevice(device: Device): string {
	if (device.kind === "cpu") {
		return `CPU, ${describeCount(device.threads, "thread")}`;
	}
	const backend = backendTitle(device.backend);
	return device.gpuLayers < device.totalLayers
		? `${backend}, ${device.gpuLayers} of ${device.totalLayers} layers`
		: backend;
}

/** @returns "450 tokens/s", "7.2 tokens/s"; empty where too little was measured. */
export function describeRate({
	answerTokens,
	decodeMs,
}: Pick<AnswerStats, "answerTokens" | "decodeMs">): string {
	const rate = decodeMs > 0 ? (answerTokens * 1000) / decodeMs : 0;
	return rate > 0 ? `${rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate))} tokens/s` : "";
}
