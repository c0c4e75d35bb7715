import type { OtherKind } from "../protocol/download/modelKind";

/** What is said of each kind: what it is, and what it is for. */
const words: Readonly<Record<OtherKind, readonly [is: string, does: string]>> = {
	embedding: ["an embedding model", "It turns text into numbers for search"],
	reranker: ["a reranking model", "It rates how well texts match a question"],
	projector: ["a vision or audio projector", "It gives a multimodal model its eyes or ears"],
	adapter: ["a LoRA adapter", "It changes another model"],
	controlVector: ["a control vector", "It steers another model"],
	importanceMatrix: ["an importance matrix", "It helps to quantize a model"],
	drafter: ["a draft model", "It speeds up the larger model it belongs to"],
	vocabulary: ["a vocabulary without a model", "It only tells how text is split into tokens"],
	noVocabulary: ["a model without a vocabulary", "It needs another program to read and write text"],
	speech: ["a speech model", "It works with sound"],
	image: ["an image model", "It draws pictures or videos"],
	diffusion: ["a diffusion language model", "It writes in another way than this version can run"],
	encoderDecoder: [
		"an encoder-decoder model",
		"It rewrites text in a way that this version cannot run",
	],
};

/** @returns "an embedding model" */
export function nameOfKind(kind: OtherKind): string {
	return words[kind][0];
}

/** @returns what such a model is for, as a sentence without its full stop. */
export function useOfKind(kind: OtherKind): string {
	return words[kind][1];
}
