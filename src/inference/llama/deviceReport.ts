import { availableParallelism, totalmem } from "node:os";
import type {
	EngineReport,
	EngineVersions,
	LoadReport,
} from "../../protocol/inference/deviceReport";
import { backendOf, gpuNames } from "./device";
import type { LoadContext } from "./loadContext";
import { freeRam } from "./memory";

/** Reports what the engine computes with, the available memory, and how the `loaded` model was loaded. */
export async function reportDevice(
	{ library, llama, gpu }: Pick<LoadContext, "library" | "llama" | "gpu">,
	loaded: LoadReport | undefined,
): Promise<EngineReport> {
	const backend = backendOf(llama, gpu);
	const vram = backend === "cpu" ? undefined : await llama.getVramState();
	return {
		backend,
		devices: {
			names: await gpuNames(llama, gpu),
			memory: vram && { totalBytes: vram.total, freeBytes: vram.free },
		},
		ram: { totalBytes: totalmem(), freeBytes: await freeRam(llama) },
		processor: { mathCores: llama.cpuMathCores, usableCores: availableParallelism() },
		loaded: loaded ?? null,
		versions: await engineVersions({ library, llama }),
	};
}

export async function engineVersions({
	library,
	llama,
}: Pick<LoadContext, "library" | "llama">): Promise<EngineVersions> {
	return {
		llamaCpp: llama.llamaCppRelease.release,
		nodeLlamaCpp: await library.getModuleVersion(),
		node: process.versions.node,
	};
}
