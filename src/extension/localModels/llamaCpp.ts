import path from "node:path";
import { folderIn, xdgCacheFolder } from "./cacheFolders";
import type { ScanLimits } from "./folderScan";
import { findModelsInFolder } from "./ggufFolder";
import type { LocalModel, Surroundings } from "./localModel";
import { modelNameOf } from "../../protocol/download/modelFileName";

/** Finds what llama.cpp's programs have downloaded into their own cache. */
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

/** Its files are called `owner_repository-GGUF_file.gguf`. */
function nameWithoutRepository(file: string): string {
	return modelNameOf(file).replace(/^.*?-GGUF_/i, "");
}
