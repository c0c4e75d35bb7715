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

/** A machine with a GPU that Vulkan reaches; the package that runs there holds no CUDA. */
export const scriptedFindings: readonly BackendFinding[] = [
	{ backend: "metal", problem: { kind: "otherSystem" } },
	{ backend: "cuda", problem: { kind: "notInPackage" } },
	{ backend: "vulkan" },
];
export const scriptedGpu = "Scripted GPU";
const gib = 2 ** 30;
/** That a scripted model has. */
export const scriptedLayers = 4;

export const scriptedVersions: EngineVersions = {
	llamaCpp: "b1",
	nodeLlamaCpp: "3.0.0",
	node: process.versions.node,
};

/** @throws {FailureError} `gpuUnavailable` for what the machine does not have. */
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
 * What a file beside the model named again.gguf says of the next load of it: that it waits for its cancellation, or
 * that it kills the process. Without the file it loads.
 */
export type NextLoad = "waits" | "dies";

export function nextLoadFile(model: string): string {
	return `${model}.next`;
}

/** @returns what is to become of a load. */
export function nextLoad(model: string): NextLoad | undefined {
	const file = nextLoadFile(model);
	return path.basename(model) === "again.gguf" && existsSync(file)
		? (readFileSync(file, "utf8") as NextLoad)
		: undefined;
}

/**
 * What becomes of a model is in its file's name: "dies.gguf" kills the process on loading, "dies-on-vulkan.gguf" only
 * on the GPU, and "large.gguf" does not fit into the GPU's memory.
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
