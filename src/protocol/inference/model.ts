import type { InferenceFailure } from "../failure";
import type { FetchProgress } from "../download/fetchProgress";
import type { DeviceReason } from "./deviceReason";
import type { ModelKind } from "../download/modelKind";
import type { TemplateStandIn, ThinkingAbility } from "../chat/thinking";

/** `localLlm.gpu`: the backend of llama.cpp to use. */
export type GpuChoice = "auto" | "metal" | "cuda" | "vulkan" | "off";

/** `localLlm.gpuLayers`: how many layers of the model go to the GPU; "auto" puts as many as fit beside the context. */
export type GpuLayers = "auto" | number;

/** The device that computes the answers, as found after loading. It may differ from the requested one. */
export type Device =
	| {
			readonly kind: "gpu";
			readonly backend: "metal" | "cuda" | "vulkan";
			/** Names from the driver, such as "NVIDIA GeForce RTX 4070". */
			readonly deviceNames: readonly string[];
			/** Layers of the model on the GPU, out of `totalLayers`. */
			readonly gpuLayers: number;
			readonly totalLayers: number;
			/** Threads of the CPU that compute; the initial number, unless it comes from a report. */
			readonly threads: number;
	  }
	| {
			readonly kind: "cpu";
			/** The initial number, unless it comes from a report. */
			readonly threads: number;
	  };

/** A model that is in memory and ready to answer. */
export interface ModelInfo {
	/** The display name, also used before the model is loaded. From the engine, it is the name that the file states. */
	readonly name: string;
	readonly path: string;
	readonly fileBytes: number;
	readonly architecture: string;
	/** Tokens that the model sees at once, as allocated. */
	readonly contextTokens: number;
	/** Tokens of context the model was trained for. */
	readonly trainedContextTokens: number;
	/** Bytes of memory per token of context; `undefined` if the file does not state enough to compute it. */
	readonly contextBytesPerToken: number | undefined;
	/** Bytes of main memory and of GPU memory that weights and context take, as the engine counts them. */
	readonly memoryBytes: { readonly ram: number; readonly gpu: number };
	readonly device: Device;
	/** Why this device is used: the reason for the host's choice first, then what the engine found. */
	readonly deviceReasons: readonly DeviceReason[];
	readonly thinking: ThinkingAbility;
	/** `undefined` if the model's own chat template is used, as it usually is. */
	readonly templateStandIn: TemplateStandIn | undefined;
}

/** The details in a model's files, read without loading the model. */
export interface ModelDetails {
	readonly kind: ModelKind;
	/** The model's own name, on one line; many files have none. */
	readonly name: string | undefined;
	/** Absolute path; of the first part if the model is split. */
	readonly path: string;
	/** Bytes of all parts together. */
	readonly fileBytes: number;
	/** Number of files that the model consists of. */
	readonly partCount: number;
	readonly architecture: string;
	readonly parameterCount: number;
	/** llama.cpp's name for it, such as "Q4_K_M"; `undefined` if the file does not state it or it is unknown. */
	readonly quantization: string | undefined;
	/** Tokens of context the model was trained for. */
	readonly trainedContextTokens: number | undefined;
	/** Blocks, without the output layer. */
	readonly layers: number | undefined;
	/** The Jinja template that turns messages into a prompt; cut after 100,000 UTF-16 units. */
	readonly chatTemplate: string | undefined;
}

/** The model in the settings, and how far it is from answering. */
export type ModelStatus =
	/** Not in memory; the next message loads it. */
	| {
			readonly kind: "unloaded";
			readonly name: string;
			/** The file or address in the setting; empty if the setting is empty. */
			readonly detail: string;
			/** The backend that will be used. */
			readonly gpu: GpuChoice;
	  }
	/** The inference process is starting, or a server is being asked about an address. */
	| { readonly kind: "starting"; readonly name: string }
	| {
			readonly kind: "downloading";
			readonly name: string;
			readonly progress: FetchProgress;
	  }
	/** `fraction` of the weights that have been read, 0 to 1. */
	| { readonly kind: "loading"; readonly name: string; readonly fraction: number }
	| { readonly kind: "ready"; readonly info: ModelInfo }
	| { readonly kind: "failed"; readonly name: string; readonly failure: InferenceFailure };
