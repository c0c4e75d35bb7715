import path from "node:path";
import { readGgufFile, type GgufFile } from "./ggufFile";

/** More parts than any model is split into; a larger number in a name is not believed. */
const mostParts = 1000;

/** What the files of a model say of it: the first one, with the figures of all. */
export interface GgufModel extends GgufFile {
	readonly partCount: number;
}

/**
 * Reads the header of the one file, or of each part of a split model.
 *
 * @param file the first part, if there are several
 * @throws {FailureError} `modelFileMissing`, `notGguf`, `modelTruncated`, `modelUnreadable`
 */
export async function readGgufModel(file: string): Promise<GgufModel> {
	const first = await readGgufFile(file);
	const model = { ...first, partCount: 1 };
	for (const part of partsOf(file).filter((part) => part !== file)) {
		const { fileBytes, parameterCount } = await readGgufFile(part);
		model.partCount += 1;
		model.fileBytes += fileBytes;
		model.parameterCount += parameterCount;
	}
	return model;
}

/** @returns the paths of all parts of a model, in order; of the one file, if it is not the first of several. */
export function partsOf(file: string): string[] {
	const [, stem, count] = /^(.+)-00001-of-(\d{5})\.gguf$/i.exec(path.basename(file)) ?? [];
	if (stem === undefined || Number(count) > mostParts) {
		return [file];
	}
	return Array.from({ length: Number(count) }, (_, index) =>
		path.join(path.dirname(file), `${stem}-${String(index + 1).padStart(5, "0")}-of-${count}.gguf`),
	);
}
