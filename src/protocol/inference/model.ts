import type { InferenceFailure } from "../failure";
import type { FetchProgress } from "../download/fetchProgress";
import type { DeviceReason } from "./deviceReason";
import type { ModelKind } from "../download/modelKind";
import type { TemplateStandIn, ThinkingAbility } from "../chat/thinking";

/** `localLlm.gpu`: which backend of llama.cpp computes. */
export type GpuChoice = "auto" | "metal" | "cuda" | "vulkan" | "off";

/** `localLlm.gpuLayers`: how many layers of the model go to the GPU; "auto": as many as fit beside the context. */
export type GpuLayers = "auto" | number;

/** What computes the answers, as found after loading: what was asked for may differ. */
export type Device =
	| {
			readonly kind: "gpu";
			readonly backend: "metal" | "cuda" | "vulkan";
			/** Names as the driver states them, such as "NVIDIA GeForce RTX 4070". */
			readonly deviceNames: readonly string[];
			/** Layers of the model on the GPU, of `totalLayers`. */
			readonly gpuLayers: number;
			readonly totalLayers: number;
			/** Those of the processor that compute: at first, unless a report says it. */
			readonly threads: number;
	  }
	| {
			readonly kind: "cpu";
			/** At first, unless a report says it. */
			readonly threads: number;
	  };

/** A model that is in memory and ready to answer. */
export interface ModelInfo {
	/** For people: what it is called before it is loaded, too. The engine itself says what the file calls itself. */
	readonly name: string;
	readonly path: string;
	readonly fileBytes: number;
	readonly architecture: string;
	/** Tokens of conversation the model sees at once, as allocated. */
	readonly contextTokens: number;
	/** Tokens of context the model was trained for. */
	readonly trainedContextTokens: number;
	/** Bytes of memory that each token of context takes; `undefined` where the file does not tell. */
	readonly contextBytesPerToken: number | undefined;
	/** Bytes that weights and context take, as the engine counts: of main memory, and of the GPU's. */
	readonly memoryBytes: { readonly ram: number; readonly gpu: number };
	readonly device: Device;
	/** Why this device: the reason for the host's choice first, then what the engine found. */
	readonly deviceReasons: readonly DeviceReason[];
	readonly thinking: ThinkingAbility;
	/** `undefined` where the model's own chat template is used, which is the rule. */
	readonly templateStandIn: TemplateStandIn | undefined;
}

/** What a model's files say of it, without loading it. */
export interface ModelDetails {
	readonly kind: ModelKind;
	/** The model's own name, one line; many files have none. */
	readonly name: string | undefined;
	/** Absolute; of the first part if the model is split. */
	readonly path: string;
	/** Of all parts together. */
	readonly fileBytes: number;
	/** Files that the model is in. */
	readonly partCount: number;
	readonly architecture: string;
	readonly parameterCount: number;
	/** As llama.cpp calls it, such as "Q4_K_M"; `undefined` where the file does not tell or tells a new one. */
	readonly quantization: string | undefined;
	/** Tokens of context the model was trained for. */
	readonly trainedContextTokens: number | undefined;
	/** Blocks, without the output layer. */
	readonly layers: number | undefined;
	/** How messages are put into words for the model, in Jinja; cut after 100,000 UTF-16 units. */
	readonly chatTemplate: string | undefined;
}

/** The model that the settings name, and where it is on its way to an answer. */
export type ModelStatus =
	/** Not in memory; the next message loads it. */
	| {
			readonly kind: "unloaded";
			readonly name: string;
			/** The file or address that the setting names; empty if it names none. */
			readonly detail: string;
			/** What it is to compute on. */
			readonly gpu: GpuChoice;
	  }
	/** The inference process starts, or an address is being asked what it holds. */
	| { readonly kind: "starting"; readonly name: string }
	| {
			readonly kind: "downloading";
			readonly name: string;
			readonly progress: FetchProgress;
	  }
	/** `fraction` of the weights read, 0 to 1. */
	| { readonly kind: "loading"; readonly name: string; readonly fraction: number }
	| { readonly kind: "ready"; readonly info: ModelInfo }
	| { readonly kind: "failed"; readonly name: string; readonly failure: InferenceFailure };
