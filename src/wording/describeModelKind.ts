import type { OtherKind } from "../protocol/download/modelKind";
import { t } from "./localize";

/** Returns that a file holds a model that cannot chat: what it is, what it is for, and what to do. */
export function describeNotChatModel(path: string, kind: OtherKind): string {
	return t("{0} cannot chat: {1} Choose a chat model.", path, describeOtherKind(kind));
}

/** Returns what a model that cannot chat is and does, in one sentence: "Embedding model: turns text into numbers for search." */
export function describeOtherKind(kind: OtherKind): string {
	return sentences[kind]();
}

const sentences: Readonly<Record<OtherKind, () => string>> = {
	embedding: () => t("Embedding model: turns text into numbers for search."),
	reranker: () => t("Reranking model: rates how well texts match a question."),
	projector: () => t("Projector: lets a multimodal model read images or sound."),
	adapter: () => t("LoRA adapter: changes another model."),
	controlVector: () => t("Control vector: steers another model."),
	importanceMatrix: () => t("Importance matrix: helps quantize a model."),
	drafter: () => t("Draft model: speeds up the larger model it belongs to."),
	vocabulary: () => t("Vocabulary without a model: only splits text into tokens."),
	noVocabulary: () =>
		t("Model without a vocabulary: needs another program to read and write text."),
	speech: () => t("Speech model: works with sound."),
	image: () => t("Image model: creates pictures or videos."),
	diffusion: () => t("Diffusion language model: not supported by this version."),
	encoderDecoder: () => t("Encoder-decoder model: not supported by this version."),
};
