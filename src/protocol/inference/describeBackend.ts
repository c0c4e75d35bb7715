import { assertNever } from "../assertNever";
import type { BackendName, BackendProblem } from "./deviceBackend";

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
