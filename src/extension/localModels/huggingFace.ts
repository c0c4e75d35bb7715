import path from "node:path";
import { folderIn, xdgCacheFolder } from "./cacheFolders";
import type { ScanLimits } from "./folderScan";
import { findModelsInFolder } from "./ggufFolder";
import type { LocalModel, Surroundings } from "./localModel";

/**
 * Finds the GGUF models in the Hugging Face cache, into which llama.cpp downloads too. Each is a link
 * `models--owner--name/snapshots/commit/file.gguf` to a blob without a suffix.
 */
export function findHuggingFaceModels(
	surroundings: Surroundings,
	limits: ScanLimits,
): Promise<LocalModel[]> {
	return findModelsInFolder("huggingFace", huggingFaceCache(surroundings), { ...limits, enters });
}

/** Enters only the snapshots of models: the cache also contains data sets, and blobs are named by their hashes. */
function enters(name: string, depth: number): boolean {
	return depth === 0 ? name.startsWith("models--") : depth > 1 || name === "snapshots";
}

function huggingFaceCache(surroundings: Surroundings): string {
	const home =
		folderIn(surroundings, "HF_HOME") ?? path.join(xdgCacheFolder(surroundings), "huggingface");
	return (
		folderIn(surroundings, "HF_HUB_CACHE") ??
		folderIn(surroundings, "HUGGINGFACE_HUB_CACHE") ??
		path.join(home, "hub")
	);
}
