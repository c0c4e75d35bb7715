import { assertNever } from "../protocol/assertNever";
import type { BackendName, BackendProblem } from "../protocol/inference/deviceBackend";
import { t } from "./localize";

const titles = { metal: "Metal", cuda: "CUDA", vulkan: "Vulkan", cpu: "CPU" } as const;

/** Returns the name of a backend: "CUDA". */
export function backendTitle(backend: BackendName): string {
	return titles[backend];
}

/** Returns why a backend does not work, as a fragment for parentheses or a colon: "loaded, but found no GPU". */
export function describeBackendProblem(backend: BackendName, problem: BackendProblem): string {
	switch (problem.kind) {
		case "otherSystem":
			return backend === "metal"
				? t("needs an Apple processor")
				: t("not available for this operating system");
		case "notInPackage":
			return backend === "cuda"
				? t("not installed; run “Local LLM: Install CUDA Support”")
				: t("not included in this package of the extension");
		case "noDriver":
			return describeMissingDriver(backend);
		case "testFailed":
			return problem.signal === null
				? t("its driver could not be loaded, or offers no device that llama.cpp can use")
				: t("crashed in a test before use ({0})", problem.signal);
		case "notLoaded":
			return t("could not be loaded; the log has details");
		case "noDevice":
			return t("loaded, but found no GPU");
		case "tooLittleMemory":
			return t("too little free memory for this model");
		case "died":
			return t("its process ended while loading ({0})", describeExit(problem));
		default:
			return assertNever(problem);
	}
}

/** Returns how a process ended: by its signal or exit code. */
export function describeExit({
	exitCode,
	signal,
}: {
	readonly exitCode: number | null;
	readonly signal: string | null;
}): string {
	return (
		signal ?? (exitCode === null ? t("unknown exit code") : t("exit code {0}", String(exitCode)))
	);
}

function describeMissingDriver(backend: BackendName): string {
	switch (backend) {
		case "cuda":
			return t("no NVIDIA driver or CUDA runtime found");
		case "vulkan":
			return t("no Vulkan loader found; it comes with the GPU driver");
		case "metal":
		case "cpu":
			return t("no driver found");
		default:
			return assertNever(backend);
	}
}
