import path from "node:path";
import { folderIn, xdgCacheFolder } from "./cacheFolders";
import type { ScanLimits } from "./folderScan";
import { findModelsInFolder } from "./ggufFolder";
import type { LocalModel, Surroundings } from "./localModel";

/**
 * Finds the GGUFs of the Hugging Face cache: `models--owner--name/snapshots/commit/file.gguf`, links to blobs that have no
 * suffix. llama.cpp downloads into it too.
 */
export function findHuggingFaceModels(
	surroundings: Surroundings,
	limits: ScanLimits,
): Promise<LocalModel[]> {
	return findModelsInFolder("huggingFace", huggingFaceCache(surroundings), { ...limits, enters });
}

/** The cache holds data sets too, and the blobs have no names of their own. */
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
