import type { GpuChoice, GpuLayers, ModelStatus } from "../../protocol/inference/model";
import { modelDisplayName } from "./modelFiles";

/** What of the settings names the model and the machine's resources for it. */
export interface LocalModelSettings {
	/** An absolute path of a .gguf, an `hf:` URI, or an https URL. */
	readonly model: string;
	/** What the model was chosen by, where its path does not tell. */
	readonly name?: string | undefined;
	/** Tokens of context to allocate; 0: as many as fit. */
	readonly contextTokens: number;
	readonly gpu: GpuChoice;
	/** Layers of the model on the GPU; "auto": as many as fit. */
	readonly gpuLayers: GpuLayers;
	/** 0: chosen for the machine. */
	readonly threads: number;
	/** Minutes without a request after which the process is ended; 0: never. */
	readonly unloadAfterMinutes: number;
	/** Of the disk, for states of what was evaluated, from the next load on; 0: none. Mebibytes. */
	readonly stateCacheMegabytes: number;
}

/** @returns whether a model loaded under the settings `a` is the one that `b` asks for. */
export function nameSameModel(a: LocalModelSettings, b: LocalModelSettings): boolean {
	return (
		a.model.trim() === b.model.trim() &&
		a.contextTokens === b.contextTokens &&
		a.gpu === b.gpu &&
		a.gpuLayers === b.gpuLayers &&
		a.threads === b.threads
	);
}

/** @returns what is said of a model that nothing is loaded of. */
export function unloadedStatus({ model, name, gpu }: LocalModelSettings): ModelStatus {
	return {
		kind: "unloaded",
		name: modelDisplayName(model, name),
		detail: model.trim(),
		gpu,
	};
}
