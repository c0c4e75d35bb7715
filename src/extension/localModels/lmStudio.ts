import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import type { ScanLimits } from "./folderScan";
import { findModelsInFolder } from "./ggufFolder";
import type { LocalModel, Surroundings } from "./localModel";

const settings = v.object({ downloadsFolder: v.string() });

/** Finds LM Studio's models: `publisher/model/file.gguf` below its models folder. */
export async function findLmStudioModels(
	surroundings: Surroundings,
	limits: ScanLimits,
): Promise<LocalModel[]> {
	const folders = new Set<string>();
	for (const home of await lmStudioHomes(surroundings)) {
		folders.add((await downloadsFolder(home)) ?? path.join(home, "models"));
	}
	const found = await Promise.all(
		[...folders].map((folder) => findModelsInFolder("lmStudio", folder, limits)),
	);
	return found.flat();
}

/** Returns LM Studio's possible home folders: the one that its pointer file names, then those of newer and older versions. */
async function lmStudioHomes({ home }: Surroundings): Promise<string[]> {
	const pointer = (await readText(path.join(home, ".lmstudio-home-pointer")))?.trim();
	const named = pointer !== undefined && path.isAbsolute(pointer) ? [pointer] : [];
	return [...named, path.join(home, ".lmstudio"), path.join(home, ".cache", "lm-studio")];
}

/** Returns the models folder that the user chose in LM Studio's settings. */
async function downloadsFolder(lmStudioHome: string): Promise<string | undefined> {
	const text = await readText(path.join(lmStudioHome, "settings.json"));
	if (text === undefined) {
		return undefined;
	}
	try {
		const folder = v.parse(settings, JSON.parse(text)).downloadsFolder;
		return path.isAbsolute(folder) ? folder : undefined;
	} catch {
		return undefined;
	}
}

async function readText(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, "utf8");
	} catch {
		return undefined;
	}
}
