import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ScanLimits } from "../../../../src/extension/localModels/folderScan";
import type { LocalModel, Surroundings } from "../../../../src/extension/localModels/localModel";
import { RecordedLog } from "../../../support/recordedLog";

/** Returns an environment with a home folder and, if given, environment variables. */
export function surroundingsIn(
	home: string,
	env: Surroundings["env"] = {},
	platform: NodeJS.Platform = "linux",
): Surroundings {
	return { home, env, platform };
}

/** Returns limits that are too generous to be reached. */
export function generousLimits(log = new RecordedLog()): ScanLimits {
	return { maxDepth: 6, maxEntries: 10_000, signal: new AbortController().signal, log };
}

/** Writes a file that begins like a model, and creates its folders. @returns its path */
export async function putModel(file: string, fileBytes = 100): Promise<string> {
	const content = Buffer.alloc(fileBytes);
	content.write("GGUF");
	return putFile(file, content);
}

export async function putFile(file: string, content: string | Buffer): Promise<string> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, content);
	return file;
}

/** Returns the models' paths and sizes, ordered by path. */
export function pathsAndSizes(models: readonly LocalModel[]): (readonly [string, number])[] {
	return models
		.map((model) => [model.path, model.fileBytes] as const)
		.sort(([a], [b]) => (a < b ? -1 : 1));
}
