/** A backend of llama.cpp that computes on a GPU. */
export type GpuBackend = "metal" | "cuda" | "vulkan";

/** What llama.cpp computes with. */
export type BackendName = GpuBackend | "cpu";

/** Why a backend does not compute. */
export type BackendProblem =
	/** It exists for other systems only. */
	| { readonly kind: "otherSystem" }
	/** The package of this extension does not hold it. */
	| { readonly kind: "notInPackage" }
	/** The library that it is reached through, a driver's or a loader, is not on this machine. */
	| { readonly kind: "noDriver" }
	/** A test program that loads it first did not end well: by exit code, or by the signal of a crash. */
	| {
			readonly kind: "testFailed";
			readonly exitCode: number | null;
			readonly signal: string | null;
	  }
	/** It could not be loaded for another reason, which the log has. */
	| { readonly kind: "notLoaded" }
	/** It loaded, and found no GPU. */
	| { readonly kind: "noDevice" }
	/** The GPU has too little free memory for the model. */
	| { readonly kind: "tooLittleMemory" }
	/** The process died while it loaded the backend, or the model on it. */
	| {
			readonly kind: "died";
			readonly exitCode: number | null;
			readonly signal: string | null;
	  };

/** A GPU's backend, and what speaks against it as far as that can be told without loading it. */
export interface BackendFinding {
	readonly backend: GpuBackend;
	readonly problem?: BackendProblem;
}
