import type { ModelInfo } from "../../protocol/inference/model";

/** Returns a line for the log about a loaded model: its context, its device, and the reasons for the device. */
export function describeLoad({ path, contextTokens, device, deviceReasons }: ModelInfo): string {
	const where =
		device.kind === "cpu"
			? "the processor"
			: `${device.backend} (${device.deviceNames.join(", ")}), ${device.gpuLayers} of ${device.totalLayers} layers`;
	return `loaded ${path} with a context of ${contextTokens} tokens on ${where}, threads: ${device.threads}; reasons: ${JSON.stringify(deviceReasons)}`;
}
