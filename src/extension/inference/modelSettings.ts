import type { GpuChoice, GpuLayers, ModelStatus } from "../../protocol/inference/model";
import { modelDisplayName } from "./modelFiles";

/** The settings that choose the model and the resources that it may use. */
export interface LocalModelSettings {
	/** The absolute path of a .gguf file, an `hf:` URI, or an https URL. */
	readonly model: string;
	/** The name under which the user chose the model, if its path does not show it. */
	readonly name?: string | undefined;
	/** Tokens of context to allocate; 0 for as many as fit. */
	readonly contextTokens: number;
	readonly gpu: GpuChoice;
	/** Layers of the model on the GPU; "auto" for as many as fit. */
	readonly gpuLayers: GpuLayers;
	/** The number of CPU threads; 0 for automatic. */
	readonly threads: number;
	/** Minutes without a request after which the process ends; 0 for never. */
	readonly unloadAfterMinutes: number;
	/** The largest size of the prompt cache on disk, in mebibytes; 0 turns it off. Takes effect with the next load. */
	readonly stateCacheMegabytes: number;
}

/** Returns whether a model loaded with the settings `a` is the one that `b` names. */
export function nameSameModel(a: LocalModelSettings, b: LocalModelSettings): boolean {
	return (
		a.model.trim() === b.model.trim() &&
		a.contextTokens === b.contextTokens &&
		a.gpu === b.gpu &&
		a.gpuLayers === b.gpuLayers &&
		a.threads === b.threads
	);
}

/** Returns the status of the model in the settings before it is loaded. */
export function unloadedStatus({ model, name, gpu }: LocalModelSettings): ModelStatus {
	return {
		kind: "unloaded",
		name: modelDisplayName(model, name),
		detail: model.trim(),
		gpu,
	};
}
