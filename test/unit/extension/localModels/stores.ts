import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ScanLimits } from "../../../../src/extension/localModels/folderScan";
import type { LocalModel, Surroundings } from "../../../../src/extension/localModels/localModel";
import { RecordedLog } from "../../../support/recordedLog";

/** @returns what stores are looked for in: a home, and variables if a test gives some. */
export function surroundingsIn(
	home: string,
	env: Surroundings["env"] = {},
	platform: NodeJS.Platform = "linux",
): Surroundings {
	return { home, env, platform };
}

/** @returns limits that no test but one about limits meets. */
export function generousLimits(log = new RecordedLog()): ScanLimits {
	return { maxDepth: 6, maxEntries: 10_000, signal: new AbortController().signal, log };
}

/** Writes a file that begins as a model does, with the folders that it needs. @returns its path. */
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

/** @returns the models' paths and sizes, ordered by path. */
export function pathsAndSizes(models: readonly LocalModel[]): (readonly [string, number])[] {
	return models
		.map((model) => [model.path, model.fileBytes] as const)
		.sort(([a], [b]) => (a < b ? -1 : 1));
}
