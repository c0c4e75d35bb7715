import type { BackendName, BackendProblem } from "./deviceBackend";

/** One reason why a model runs on the device it runs on. */
export type DeviceReason =
	/** The setting is "auto", and this backend is the best that works. */
	| { readonly kind: "bestBackend" }
	/** `localLlm.gpu` names the backend. */
	| { readonly kind: "gpuSetting" }
	/** `localLlm.gpu` is "off". */
	| { readonly kind: "gpuOff" }
	/** The setting is "auto", and no GPU backend works. */
	| { readonly kind: "noBackendWorks" }
	/** Why a better backend is not used. */
	| {
			readonly kind: "backendProblem";
			readonly backend: BackendName;
			readonly problem: BackendProblem;
	  }
	/** `localLlm.gpuLayers` is 0. */
	| { readonly kind: "zeroLayers" }
	| { readonly kind: "noLayerFits"; readonly deviceNames: readonly string[] }
	/** This many layers fit into GPU memory; the CPU computes the others. */
	| { readonly kind: "layersFit"; readonly gpuLayers: number; readonly totalLayers: number }
	/** `localLlm.gpuLayers` names this many layers. */
	| { readonly kind: "layersSet"; readonly gpuLayers: number; readonly totalLayers: number };
