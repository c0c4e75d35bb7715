/** A backend of llama.cpp that computes on a GPU. */
export type GpuBackend = "metal" | "cuda" | "vulkan";

/** What llama.cpp computes with. */
export type BackendName = GpuBackend | "cpu";

/** Why a backend is not used. */
export type BackendProblem =
	/** It exists only for other systems. */
	| { readonly kind: "otherSystem" }
	/** The extension's package does not include it. */
	| { readonly kind: "notInPackage" }
	/** The driver's library or loader that it needs is not on this machine. */
	| { readonly kind: "noDriver" }
	/** The test program that loads it first failed: `exitCode` or the signal of a crash says how. */
	| {
			readonly kind: "testFailed";
			readonly exitCode: number | null;
			readonly signal: string | null;
	  }
	/** It could not be loaded for another reason; see the log. */
	| { readonly kind: "notLoaded" }
	/** It loaded, but found no GPU. */
	| { readonly kind: "noDevice" }
	/** The GPU has too little free memory for the model. */
	| { readonly kind: "tooLittleMemory" }
	/** The process died while loading the backend, or a model on it. */
	| {
			readonly kind: "died";
			readonly exitCode: number | null;
			readonly signal: string | null;
	  };

/** A GPU backend, and its problem as far as that shows without loading it. */
export interface BackendFinding {
	readonly backend: GpuBackend;
	readonly problem?: BackendProblem;
}
