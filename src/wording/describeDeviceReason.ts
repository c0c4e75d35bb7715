import { assertNever } from "../protocol/assertNever";
import type { DeviceReason } from "../protocol/inference/deviceReason";
import { backendTitle, describeBackendProblem } from "./describeBackend";
import { formatCount } from "./format";
import { formatList } from "./intl";
import { t } from "./localize";

/** Returns in sentences why a model runs on its device; empty if that needs no explanation. */
export function describeDeviceReasons(reasons: readonly DeviceReason[]): string {
	return reasons.map(describeDeviceReason).join(" ");
}

function describeDeviceReason(reason: DeviceReason): string {
	switch (reason.kind) {
		case "bestBackend":
			return t("This is the best backend that works on this machine.");
		case "gpuSetting":
			return t("The setting “Local LLM: Gpu” selects it.");
		case "gpuOff":
			return t("The setting “Local LLM: Gpu” is “off”.");
		case "noBackendWorks":
			return t("No GPU backend works on this machine.");
		case "backendProblem":
			return t(
				"{0}: {1}.",
				backendTitle(reason.backend),
				describeBackendProblem(reason.backend, reason.problem),
			);
		case "zeroLayers":
			return t("The setting “Local LLM: Gpu Layers” is 0.");
		case "noLayerFits":
			return t(
				"No layer of the model fits into the memory of {0}.",
				formatList(reason.deviceNames),
			);
		case "layersFit":
			return t(
				"{0} of {1} layers fit into GPU memory.",
				formatCount(reason.gpuLayers),
				formatCount(reason.totalLayers),
			);
		case "layersSet":
			return t(
				"{0} of {1} layers run on the GPU, as the setting “Local LLM: Gpu Layers” says.",
				formatCount(reason.gpuLayers),
				formatCount(reason.totalLayers),
			);
		default:
			return assertNever(reason);
	}
}
