import type { OtherKind } from "./modelKind";

/*
 * What file names tell of models. Names are a convention only: where a file's header can be read, it decides.
 */

/** The names that quantizations have, with what publishers put before them: "UD-" of dynamic ones, "i1-" of weighted ones. */
const quantization =
	/(?<=^|[-_.:/ ])((?:UD-|i\d-)?(?:I?Q\d{1,2}(?:_(?:\d{1,2}|K|S|M|L|H|P|KS|KSS|KT|KL|XS|XXS|XL|XXL|NL|R4|R8))*|TQ\d_\d|(?:MX|NV)FP\d(?:_MOE)?|BF16|FP?(?:8|16|32)))(?=[-_.]|$)/gi;
const splitPart = /^(.+)-(\d{5})-of-(\d{5})\.gguf$/i;

/** Which part of a split model a file is. */
export interface SplitPart {
	/** What all parts' names begin with, and their folder. */
	readonly stem: string;
	/** From 1. */
	readonly index: number;
	readonly count: number;
}

export function isGgufName(name: string): boolean {
	return /\.gguf$/i.test(name);
}

/** @returns `undefined` for a file that is a whole model. */
export function parseSplitPart(name: string): SplitPart | undefined {
	const [, stem, index, count] = splitPart.exec(name) ?? [];
	return stem === undefined ? undefined : { stem, index: Number(index), count: Number(count) };
}

/** @returns the name of another part of the same model, in the same folder. */
export function nameOfPart({ stem, count }: SplitPart, index: number): string {
	const digits = (number: number): string => String(number).padStart(5, "0");
	return `${stem}-${digits(index)}-of-${digits(count)}.gguf`;
}

/** @returns a file's name without folders, the number of its part, and the suffix. */
export function modelNameOf(file: string): string {
	const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
	return parseSplitPart(name)?.stem ?? name.replace(/\.gguf$/i, "");
}

/** @returns the last quantization that a name has, in capitals: "Q4_K_M", "UD-Q4_K_XL". */
export function quantizationIn(name: string): string | undefined {
	return [...name.matchAll(quantization)].at(-1)?.[1]?.toUpperCase();
}

/** Words of a name, between these signs. */
const word = (words: string): RegExp => new RegExp(`(?:^|[-_. ])(?:${words})(?=[-_. ]|$)`, "i");
const projector = word("mm-?proj(?:ector)?");
const vocabulary = /^ggml-vocab[-_.]/i;
const matrix = word("imatrix|imat");
const reranker = word("rerank(?:er)?(?:-v\\d)?|cross-encoder");
const embedding = word("embed(?:der|dings?)?|bge|gte|minilm|colbert");
/** As llama.cpp names the draft models that it makes and looks for. */
const startsAsDraft = /^(?:mtp|eagle\d|dflash|dspark)[-_.]/i;
const startsAsAdapter = /^(?:q?lora|adapter)[-_.]/i;
/** Words that draft models and adapters have, but chat models may have too. */
const mayBeDraft = word("mtp|eagle\\d*|dflash|dspark|draft(?:er)?|assistant");
const mayBeAdapter = word("q?lora|adapter");

/**
 * @param file with or without folders
 * @returns what a file's name says that it holds in place of a model to chat with, if it says so clearly.
 */
export function kindInName(file: string): OtherKind | undefined {
	const name = modelNameOf(file);
	if (projector.test(name)) {
		return "projector";
	}
	if (vocabulary.test(name)) {
		return "vocabulary";
	}
	// "model-imatrix-Q4_K_M" was quantized with one.
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

/** @returns what a file may hold by its name: only what is beside it can tell. */
export function possibleKindInName(file: string): OtherKind | undefined {
	const name = modelNameOf(file);
	if (mayBeDraft.test(name)) {
		return "drafter";
	}
	return mayBeAdapter.test(name) ? "adapter" : undefined;
}
