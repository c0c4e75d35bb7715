import { stat } from "node:fs/promises";
import path from "node:path";
import { FailureError } from "../protocol/failureError";
import { kindInName, nameOfPart, parseSplitPart } from "../protocol/download/modelFileName";
import {
	canChat,
	kindOf,
	type KindFacts,
	type ModelKind,
	type OtherKind,
} from "../protocol/download/modelKind";
import { readGgufFile, type GgufFile } from "./ggufFile";
import { HeaderBudget } from "./headerBudget";

/** No model is split into more parts; a larger number in a name is not trusted. */
const mostParts = 1000;
/** llama.cpp's names of architectures use these characters, and are half as long at most. */
const soundArchitecture = /^[\w.+-]{1,40}$/;

/** The header of a model: the first file's, with the totals of all files. */
export interface GgufModel extends Omit<GgufFile, "facts"> {
	readonly partCount: number;
	readonly kind: ModelKind;
}

/**
 * Reads the header of a single file, or of each part of a split model.
 *
 * @param file the first part, if there are several
 * @throws {FailureError} `modelFileMissing`, `notGguf`, `modelTruncated`, `modelUnreadable`, `laterPart`
 */
export async function readGgufModel(file: string): Promise<GgufModel> {
	const budget = new HeaderBudget();
	const { facts, ...first } = await readGgufFile(file, budget);
	await requireFirstPart(file, first);
	requirePartsByName(file, first);
	const model = { ...first, partCount: 1 };
	let tensors = facts.tensors ?? { count: 0, hasFirstBlock: false };
	for (const part of splitPartsOf(file).filter((part) => part !== file)) {
		const { fileBytes, parameterCount, facts: others } = await readGgufFile(part, budget);
		model.partCount += 1;
		model.fileBytes += fileBytes;
		model.parameterCount += parameterCount;
		tensors = {
			count: tensors.count + (others.tensors?.count ?? 0),
			hasFirstBlock: tensors.hasFirstBlock || others.tensors?.hasFirstBlock === true,
		};
	}
	return { ...model, kind: kindOf({ ...facts, tensors }, kindInName(file)) };
}

/**
 * Rejects models that cannot chat, before llama.cpp sees them.
 *
 * @throws {FailureError} `notChatModel`, `unsupportedArchitecture`
 */
export function requireChatModel(
	file: string,
	model: Pick<GgufModel, "kind" | "architecture">,
): void {
	const { kind, architecture } = model;
	if (!canChat(kind)) {
		throw new FailureError({ kind: "notChatModel", path: file, modelKind: kind });
	}
	if (!soundArchitecture.test(architecture)) {
		throw new FailureError({ kind: "unsupportedArchitecture", path: file, architecture });
	}
}

/**
 * Returns the kind of a model of which only the first file's header was read. The tensors of other parts may matter.
 *
 * @param named the kind that the file's name suggests, if any
 */
export function kindOfFirst(
	{ facts, split }: Pick<GgufFile, "facts" | "split">,
	named: OtherKind | undefined,
): ModelKind {
	const tensors: KindFacts["tensors"] = split ? undefined : facts.tensors;
	return kindOf({ ...facts, tensors }, named);
}

/** Returns the paths of all parts of a model in order; only `file` if it is not the first of several. */
export function splitPartsOf(file: string): string[] {
	const part = parseSplitPart(path.basename(file));
	if (part?.index !== 1 || part.count > mostParts) {
		return [file];
	}
	return Array.from({ length: part.count }, (_, index) =>
		path.join(path.dirname(file), nameOfPart(part, index + 1)),
	);
}

/**
 * Checks that the file is the first part, by whose name llama.cpp finds the others.
 *
 * @throws {FailureError} `laterPart`
 */
export async function requireFirstPart(
	file: string,
	{ split }: Pick<GgufFile, "split">,
): Promise<void> {
	const named = parseSplitPart(path.basename(file));
	const index = split?.index ?? (named === undefined ? 0 : named.index - 1);
	if (index === 0) {
		return;
	}
	const first = named && path.join(path.dirname(file), nameOfPart(named, 1));
	throw new FailureError({
		kind: "laterPart",
		path: file,
		part: index + 1,
		count: split?.count ?? named?.count ?? index + 1,
		first: first !== undefined && (await isThere(first)) ? first : undefined,
	});
}

/** @throws {FailureError} `modelUnreadable` for the first part of a split model that was renamed */
function requirePartsByName(file: string, { split }: Pick<GgufFile, "split">): void {
	if (split && splitPartsOf(file).length === 1) {
		const ending = nameOfPart({ stem: "", index: 1, count: split.count }, 1);
		const reason = `it is the first of ${split.count} parts, whose name must end in ${ending}`;
		throw new FailureError({ kind: "modelUnreadable", path: file, reason });
	}
}

async function isThere(file: string): Promise<boolean> {
	return stat(file).then(
		(stats) => stats.isFile(),
		() => false,
	);
}
