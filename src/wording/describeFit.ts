import { assertNever } from "../protocol/assertNever";
import { formatBytes } from "./format";
import type { ModelFit } from "../protocol/inference/modelFit";

/** @returns the estimate for people, without a full stop: "Partly on the GPU (20 of 28 layers)". */
export function describeFit(fit: ModelFit): string {
	switch (fit.kind) {
		case "gpu":
			return "Runs fully on the GPU";
		case "partly":
			return `Partly on the GPU (${fit.gpuLayers} of ${fit.totalLayers} layers)`;
		case "cpu":
			return `CPU only, about ${formatBytes(fit.memoryBytes)} of memory`;
		case "tooLarge":
			return `Too large: needs ${formatBytes(fit.requiredBytes)}, ${formatBytes(fit.freeBytes)} is free`;
		default:
			return assertNever(fit);
	}
}
