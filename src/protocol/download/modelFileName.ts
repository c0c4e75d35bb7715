import type { OtherKind } from "./modelKind";

/* What file names say about models. Names are only a convention: if the header can be read, it decides. */

/**
 * The names of quantizations, with the prefixes that publishers add: "UD-" for dynamic ones, "i1-" for weighted ones.
 */
const quantization =
	/(?<=^|[-_.:/ ])((?:UD-|i\d-)?(?:I?Q\d{1,2}(?:_(?:\d{1,2}|K|S|M|L|H|P|KS|KSS|KT|KL|XS|XXS|XL|XXL|NL|R4|R8))*|TQ\d_\d|(?:MX|NV)FP\d(?:_MOE)?|BF16|FP?(?:8|16|32)))(?=[-_.]|$)/gi;
const splitPart = /^(.+)-(\d{5})-of-(\d{5})\.gguf$/i;

/** The position of a file in a split model. */
export interface SplitPart {
	/** The common beginning of the parts' names, including the folder. */
	readonly stem: string;
	/** Counts from 1. */
	readonly index: number;
	readonly count: number;
}

export function isGgufName(name: string): boolean {
	return /\.gguf$/i.test(name);
}

/** Parses a file name; returns `undefined` if the file is a whole model. */
export function parseSplitPart(name: string): SplitPart | undefined {
	const [, stem, index, count] = splitPart.exec(name) ?? [];
	return stem === undefined ? undefined : { stem, index: Number(index), count: Number(count) };
}

/** Returns the name of another part of the same model, in the same folder. */
export function nameOfPart({ stem, count }: SplitPart, index: number): string {
	const digits = (number: number): string => String(number).padStart(5, "0");
	return `${stem}-${digits(index)}-of-${digits(count)}.gguf`;
}

/** Returns a file's name without its folder, part number, and extension. */
export function modelNameOf(file: string): string {
	const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
	return parseSplitPart(name)?.stem ?? name.replace(/\.gguf$/i, "");
}

/** Returns the last quantization in a name, in capitals: "Q4_K_M", "UD-Q4_K_XL". */
export function quantizationIn(name: string): string | undefined {
	return [...name.matchAll(quantization)].at(-1)?.[1]?.toUpperCase();
}

/** Matches whole words of a name, between these separators. */
const word = (words: string): RegExp => new RegExp(`(?:^|[-_. ])(?:${words})(?=[-_. ]|$)`, "i");
const projector = word("mm-?proj(?:ector)?");
const vocabulary = /^ggml-vocab[-_.]/i;
const matrix = word("imatrix|imat");
const reranker = word("rerank(?:er)?(?:-v\\d)?|cross-encoder");
const embedding = word("embed(?:der|dings?)?|bge|gte|minilm|colbert");
/** llama.cpp's names for the draft models that it creates and looks for. */
const startsAsDraft = /^(?:mtp|eagle\d|dflash|dspark)[-_.]/i;
const startsAsAdapter = /^(?:q?lora|adapter)[-_.]/i;
/** Words in the names of draft models and adapters that can occur in the names of chat models too. */
const mayBeDraft = word("mtp|eagle\\d*|dflash|dspark|draft(?:er)?|assistant");
const mayBeAdapter = word("q?lora|adapter");

/**
 * Returns the kind of model that cannot chat, if a file's name clearly states one.
 *
 * @param file path or name of the file
 */
export function kindInName(file: string): OtherKind | undefined {
	const name = modelNameOf(file);
	if (projector.test(name)) {
		return "projector";
	}
	if (vocabulary.test(name)) {
		return "vocabulary";
	}
	// "model-imatrix-Q4_K_M" was quantized with an importance matrix.
	if (matrix.test(name) && quantizationIn(name) === undefined) {
		return "importanceMatrix";
	}
	if (reranker.test(name)) {
		return "reranker";
	}
	if (embedding.test(name)) {
		return "embedding";
	}
	if (startsAsDraft.test(name)) {
		return "drafter";
	}
	return startsAsAdapter.test(name) ? "adapter" : undefined;
}

/**
 * Returns the kind of model that cannot chat that a file's name suggests. Only the files beside it can tell for
 * certain.
 */
export function possibleKindInName(file: string): OtherKind | undefined {
	const name = modelNameOf(file);
	if (mayBeDraft.test(name)) {
		return "drafter";
	}
	return mayBeAdapter.test(name) ? "adapter" : undefined;
}
