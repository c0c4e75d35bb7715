import path from "node:path";
import { folderIn, xdgCacheFolder } from "./cacheFolders";
import type { ScanLimits } from "./folderScan";
import { findModelsInFolder } from "./ggufFolder";
import type { LocalModel, Surroundings } from "./localModel";
import { modelNameOf } from "../../protocol/download/modelFileName";

/** Finds the models that llama.cpp's programs downloaded into llama.cpp's cache. */
export function findLlamaCppModels(
	surroundings: Surroundings,
	limits: ScanLimits,
): Promise<LocalModel[]> {
	return findModelsInFolder("llamaCpp", llamaCppCache(surroundings), limits, nameWithoutRepository);
}

function llamaCppCache(surroundings: Surroundings): string {
	return folderIn(surroundings, "LLAMA_CACHE") ?? path.join(cachesOf(surroundings), "llama.cpp");
}

function cachesOf(surroundings: Surroundings): string {
	const { home, platform } = surroundings;
	switch (platform) {
		case "darwin":
			return path.join(home, "Library", "Caches");
		case "win32":
			return folderIn(surroundings, "LOCALAPPDATA") ?? path.join(home, "AppData", "Local");
		default:
			return xdgCacheFolder(surroundings);
	}
}

/** Returns the model's name without its repository: cached files are named `owner_repository-GGUF_file.gguf`. */
function nameWithoutRepository(file: string): string {
	return modelNameOf(file).replace(/^.*?-GGUF_/i, "");
}
