import { assertNever } from "./assertNever";

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

const names = { metal: "Metal", cuda: "CUDA", vulkan: "Vulkan", cpu: "CPU" } as const;

/** @returns "CUDA" */
export function backendTitle(backend: BackendName): string {
	return names[backend];
}

/** @returns the problem as a clause without a full stop, to stand behind the backend's name: "found no GPU" */
export function describeBackendProblem(backend: BackendName, problem: BackendProblem): string {
	switch (problem.kind) {
		case "otherSystem":
			return backend === "metal" ? "needs an Apple processor" : "does not exist for this system";
		case "notInPackage":
			return backend === "cuda"
				? "is not in this package of the extension; Local LLM: Install CUDA Support adds it"
				: "is not in this package of the extension";
		case "noDriver":
			return missingDriver(backend);
		case "testFailed":
			return problem.signal === null
				? "cannot be used: its driver offers nothing that llama.cpp can compute on, or could not be loaded"
				: `crashed in a test before it was used (${problem.signal})`;
		case "notLoaded":
			return "could not be loaded; the log has more";
		case "noDevice":
			return "loaded, but found no GPU";
		case "tooLittleMemory":
			return "has too little free memory for this model";
		case "died":
			return `ended its process on loading (${problem.signal ?? `exit code ${problem.exitCode ?? "unknown"}`})`;
		default:
			return assertNever(problem);
	}
}

function missingDriver(backend: BackendName): string {
	switch (backend) {
		case "cuda":
			return "found no NVIDIA driver, or no CUDA runtime beside it";
		case "vulkan":
			return "found no Vulkan loader, which comes with a GPU's driver";
		case "metal":
		case "cpu":
			return "found no driver";
		default:
			return assertNever(backend);
	}
}
