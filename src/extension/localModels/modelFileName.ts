import path from "node:path";

/** Files that go with a model, or that no answer comes from: projectors, vocabularies, matrices, embeddings. */
const noChat =
	/(?:^|[-_.])(?:mmproj|ggml-vocab|imatrix|embed|embedding|embeddings|reranker)(?=[-_.])/i;

const quantization =
	/(?:^|[-_.:])((?:UD-)?(?:I?Q\d+(?:_(?:[KSMLX01]|XS|XXS|XL|NL))*|TQ[12]_0|MXFP4(?:_MOE)?|NVFP4|BF16|F16|F32))(?=[-_.]|$)/gi;

const splitPart = /^(.+)-(\d{5})-of-(\d{5})\.gguf$/i;

/** Which part of a split model a file is. */
export interface SplitPart {
	/** What all parts' names begin with. */
	readonly stem: string;
	/** From 1. */
	readonly index: number;
	readonly count: number;
}

/** @returns whether a file of this name is a model, or a part of one, that could answer. */
export function isModelFile(name: string): boolean {
	return /\.gguf$/i.test(name) && !noChat.test(name);
}

/** @returns `undefined` for a file that is a whole model. */
export function parseSplitPart(name: string): SplitPart | undefined {
	const [, stem, index, count] = splitPart.exec(name) ?? [];
	return stem === undefined ? undefined : { stem, index: Number(index), count: Number(count) };
}

/** @returns a file's name without the number of its part and the suffix. */
export function modelNameOf(file: string): string {
	const name = path.basename(file);
	return parseSplitPart(name)?.stem ?? name.replace(/\.gguf$/i, "");
}

/** @returns the last quantization that a name has, in capitals: "Q4_K_M". */
export function quantizationIn(name: string): string | undefined {
	return [...name.matchAll(quantization)].at(-1)?.[1]?.toUpperCase();
}
