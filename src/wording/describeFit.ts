import { assertNever } from "../protocol/assertNever";
import type { ModelFit } from "../protocol/inference/modelFit";
import { formatBytes, formatCount } from "./format";
import { t } from "./localize";

/** Returns how a model would run on this machine, without a period: "Partly on the GPU (20 of 28 layers)". */
export function describeFit(fit: ModelFit): string {
	switch (fit.kind) {
		case "gpu":
			return t("Fits into GPU memory");
		case "partly":
			return t(
				"Partly on the GPU ({0} of {1} layers)",
				formatCount(fit.gpuLayers),
				formatCount(fit.totalLayers),
			);
		case "cpu":
			return t("CPU only, about {0} of memory", formatBytes(fit.memoryBytes));
		case "tooLarge":
			return t(
				"Too large: needs {0}, {1} is free",
				formatBytes(fit.requiredBytes),
				formatBytes(fit.freeBytes),
			);
		default:
			return assertNever(fit);
	}
}
