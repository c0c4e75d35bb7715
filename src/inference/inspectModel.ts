import path from "node:path";
import type { ModelDetails } from "../protocol/model";
import { fileTypeName } from "./fileTypes";
import { readGgufFile, type GgufFile } from "./ggufFile";

/** UTF-16 units; the templates of today's models have some thousands. */
const longestTemplate = 100_000;
/** More parts than any model is split into; a larger number in a name is not believed. */
const mostParts = 1000;

/**
 * Reads what a model's files say of it: the header of the one file, or of each part.
 *
 * @throws {FailureError} `modelFileMissing`, `notGguf`, `modelTruncated`, `modelUnreadable`
 */
export async function inspectModel(file: string): Promise<ModelDetails> {
	const paths = partsOf(file);
	const first = await readGgufFile(file);
	const others: GgufFile[] = [];
	for (const part of paths.filter((part) => part !== file)) {
		others.push(await readGgufFile(part));
	}
	const all = [first, ...others];
	return {
		name: first.name,
		path: file,
		fileBytes: all.reduce((sum, { fileBytes }) => sum + fileBytes, 0),
		partCount: all.length,
		architecture: first.architecture,
		parameterCount: all.reduce((sum, { parameterCount }) => sum + parameterCount, 0),
		quantization: first.fileType === undefined ? undefined : fileTypeName(first.fileType),
		trainedContextTokens: first.trainedContextTokens,
		layers: first.layers,
		chatTemplate: shorten(first.chatTemplate),
	};
}

/** @returns the paths of all parts of a model, in order; of the one file, if it is not the first of several. */
function partsOf(file: string): string[] {
	const [, stem, count] = /^(.+)-00001-of-(\d{5})\.gguf$/i.exec(path.basename(file)) ?? [];
	if (stem === undefined || Number(count) > mostParts) {
		return [file];
	}
	return Array.from({ length: Number(count) }, (_, index) =>
		path.join(path.dirname(file), `${stem}-${String(index + 1).padStart(5, "0")}-of-${count}.gguf`),
	);
}

function shorten(template: string | undefined): string | undefined {
	return template !== undefined && template.length > longestTemplate
		? `${template.slice(0, longestTemplate)}…`
		: template;
}
