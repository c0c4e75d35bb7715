import type { BackendName, BackendProblem } from "./deviceBackend";
import type { ModelInfo } from "./model";

/** In bytes. */
export interface MemoryState {
	readonly totalBytes: number;
	readonly freeBytes: number;
}

/** What one backend found. */
export interface BackendDevices {
	/** As the driver states them; empty for the processor's own backend. */
	readonly names: readonly string[];
	/** Of all the devices together; `undefined` for the processor, whose memory is the machine's. */
	readonly memory: MemoryState | undefined;
}

/** Why a context has the size that it has. */
export type ContextReason =
	/** The setting names it. */
	| "setting"
	/** The model was trained for no more. */
	| "trained"
	/** No more fits into memory. */
	| "memory";

/** How a model was loaded. */
export interface LoadReport {
	readonly info: ModelInfo;
	/** Layers on the GPU; the others are the processor's. */
	readonly gpuLayers: number;
	readonly totalLayers: number;
	readonly contextReason: ContextReason;
	/** The setting names the threads; otherwise they were chosen for the machine. */
	readonly threadsAreSet: boolean;
}

/** What the process that runs models says of itself and of the machine. */
export interface EngineReport {
	readonly backend: BackendName;
	readonly devices: BackendDevices;
	readonly ram: MemoryState;
	readonly processor: {
		/** Cores that llama.cpp counts as fit for mathematics: no hyper-threads. */
		readonly mathCores: number;
		/** Cores that the process may use, hyper-threads included. */
		readonly usableCores: number;
	};
	/** `null` while no model is loaded. */
	readonly loaded: LoadReport | null;
	readonly versions: EngineVersions;
}

export interface EngineVersions {
	/** llama.cpp's release, such as "b6000". */
	readonly llamaCpp: string;
	readonly nodeLlamaCpp: string;
	readonly node: string;
}

/** One backend in the report, in the order in which "auto" prefers them. */
export interface BackendReport {
	readonly backend: BackendName;
	/** Why it does not compute; `undefined` if it does, or could. */
	readonly problem: BackendProblem | undefined;
	/** `undefined` where it did not load. */
	readonly devices: BackendDevices | undefined;
	/** It is the one that holds the model, or that was last chosen to. */
	readonly isChosen: boolean;
}

/** On what the model runs, and why. */
export interface DeviceReport {
	readonly backends: readonly BackendReport[];
	/** What was loaded, in the process that holds it; `undefined` while nothing is. */
	readonly loaded: LoadReport | undefined;
	/** The rest of what an engine says; `undefined` if none could be started. */
	readonly machine: Pick<EngineReport, "ram" | "processor" | "versions"> | undefined;
}
