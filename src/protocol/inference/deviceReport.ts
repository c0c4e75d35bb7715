import type { BackendName, BackendProblem } from "./deviceBackend";
import type { ModelInfo } from "./model";

/** In bytes. */
export interface MemoryState {
	readonly totalBytes: number;
	readonly freeBytes: number;
}

/** The devices that one backend found. */
export interface BackendDevices {
	/** Names from the driver; empty for the CPU backend. */
	readonly names: readonly string[];
	/** Memory of all the devices together; `undefined` for the CPU, which uses main memory. */
	readonly memory: MemoryState | undefined;
}

/** Why the context has its size. */
export type ContextReason =
	/** The setting names the size. */
	| "setting"
	/** The model was not trained for more. */
	| "trained"
	/** Memory does not hold more. */
	| "memory";

/** How a model was loaded. */
export interface LoadReport {
	readonly info: ModelInfo;
	/** Layers on the GPU; the CPU computes the others. */
	readonly gpuLayers: number;
	readonly totalLayers: number;
	readonly contextReason: ContextReason;
	/** Whether the setting names the threads; otherwise they were chosen for the machine. */
	readonly threadsAreSet: boolean;
}

/** What the inference process reports about itself and the machine. */
export interface EngineReport {
	readonly backend: BackendName;
	readonly devices: BackendDevices;
	readonly ram: MemoryState;
	readonly processor: {
		/** Physical cores that llama.cpp considers suitable for computing, without hyper-threads. */
		readonly mathCores: number;
		/** Logical cores that the process may use, including hyper-threads. */
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
	/** Why it is not used; `undefined` if it is, or could be. */
	readonly problem: BackendProblem | undefined;
	/** `undefined` if it was not loaded. */
	readonly devices: BackendDevices | undefined;
	/** Whether it holds the model, or was last chosen to. */
	readonly isChosen: boolean;
}

/** The device that the model runs on, and why. */
export interface DeviceReport {
	readonly backends: readonly BackendReport[];
	/** The loaded model, in the process that holds it; `undefined` while none is loaded. */
	readonly loaded: LoadReport | undefined;
	/** The rest of the engine's report; `undefined` if no engine could be started. */
	readonly machine: Pick<EngineReport, "ram" | "processor" | "versions"> | undefined;
}
