import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { LoadOptions } from "../../../src/inference/engine";
import type { BackendFinding, BackendName } from "../../../src/protocol/inference/deviceBackend";
import type {
	EngineReport,
	EngineVersions,
	LoadReport,
} from "../../../src/protocol/inference/deviceReport";
import type { Device, GpuChoice } from "../../../src/protocol/inference/model";
import { FailureError } from "../../../src/protocol/failureError";

/** A machine with a GPU that Vulkan reaches. Its package contains no CUDA. */
export const scriptedFindings: readonly BackendFinding[] = [
	{ backend: "metal", problem: { kind: "otherSystem" } },
	{ backend: "cuda", problem: { kind: "notInPackage" } },
	{ backend: "vulkan" },
];
export const scriptedGpu = "Scripted GPU";
const gib = 2 ** 30;
/** The number of layers of a scripted model. */
export const scriptedLayers = 4;

export const scriptedVersions: EngineVersions = {
	llamaCpp: "b1",
	nodeLlamaCpp: "3.0.0",
	node: process.versions.node,
};

/** @throws {FailureError} `gpuUnavailable` for a backend that the machine lacks */
export function chooseScriptedBackend(gpu: GpuChoice): BackendName {
	if (gpu === "auto" || gpu === "off") {
		return "cpu";
	}
	const problem = scriptedFindings.find(({ backend }) => backend === gpu)?.problem;
	if (problem) {
		throw new FailureError({ kind: "gpuUnavailable", gpu, problem });
	}
	return gpu;
}

/**
 * The next load of a model, as a file next to it named again.gguf states: it waits for its cancellation, or kills the
 * process. Without that file, the load succeeds.
 */
export type NextLoad = "waits" | "dies";

export function nextLoadFile(model: string): string {
	return `${model}.next`;
}

/** Returns what the next load does. */
export function nextLoad(model: string): NextLoad | undefined {
	const file = nextLoadFile(model);
	return path.basename(model) === "again.gguf" && existsSync(file)
		? (readFileSync(file, "utf8") as NextLoad)
		: undefined;
}

/**
 * Loads a model according to its file name: "dies.gguf" kills the process on loading, "dies-on-vulkan.gguf" only on the
 * GPU, and "large.gguf" does not fit into the GPU's memory.
 *
 * @throws {FailureError} `insufficientMemory`
 */
export function loadOnDevice(
	{ path: file, gpuLayers, threads }: LoadOptions,
	backend: BackendName,
): Device {
	const name = path.basename(file);
	if (name === "dies.gguf" || (name === "dies-on-vulkan.gguf" && backend === "vulkan")) {
		process.abort();
	}
	if (name === "large.gguf" && backend === "vulkan") {
		throw new FailureError({
			kind: "insufficientMemory",
			path: file,
			requiredBytes: undefined,
			freeBytes: gib,
			contextTokens: 512,
		});
	}
	return backend === "cpu"
		? { kind: "cpu", threads: threads || 1 }
		: {
				kind: "gpu",
				backend,
				deviceNames: [scriptedGpu],
				gpuLayers: gpuLayers === "auto" ? scriptedLayers : gpuLayers,
				totalLayers: scriptedLayers,
				threads: threads || 1,
			};
}

export function reportScripted(backend: BackendName, loaded: LoadReport | undefined): EngineReport {
	return {
		backend,
		devices:
			backend === "cpu"
				? { names: [], memory: undefined }
				: { names: [scriptedGpu], memory: { totalBytes: 4 * gib, freeBytes: 3 * gib } },
		ram: { totalBytes: 16 * gib, freeBytes: 8 * gib },
		processor: { mathCores: 4, usableCores: 8 },
		loaded: loaded ?? null,
		versions: scriptedVersions,
	};
}
