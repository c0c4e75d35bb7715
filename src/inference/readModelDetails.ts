import type { ModelDetails } from "../protocol/inference/model";
import { fileTypeName } from "../gguf/fileTypes";
import { readGgufModel } from "../gguf/ggufModel";

/** Longest template, in UTF-16 units; current models' templates have some thousands. */
const longestTemplate = 100_000;

/**
 * Reads the metadata in a model's files: the header of the single file, or of each part.
 *
 * @throws {FailureError} `modelFileMissing`, `notGguf`, `modelTruncated`, `modelUnreadable`, `laterPart`
 */
export async function readModelDetails(file: string): Promise<ModelDetails> {
	const model = await readGgufModel(file);
	return {
		kind: model.kind,
		name: model.name,
		path: file,
		fileBytes: model.fileBytes,
		partCount: model.partCount,
		architecture: model.architecture,
		parameterCount: model.parameterCount,
		quantization: model.fileType === undefined ? undefined : fileTypeName(model.fileType),
		trainedContextTokens: model.trainedContextTokens,
		layers: model.layers,
		chatTemplate: shorten(model.chatTemplate),
	};
}

function shorten(template: string | undefined): string | undefined {
	return template !== undefined && template.length > longestTemplate
		? `${template.slice(0, longestTemplate)}…`
		: template;
}
