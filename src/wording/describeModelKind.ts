import type { OtherKind } from "../protocol/download/modelKind";
import { t } from "./localize";

/** Returns a sentence about a file whose model cannot chat: what the model is, what it is for, and what to do. */
export function describeNotChatModel(path: string, kind: OtherKind): string {
	return t("{0} cannot chat: {1} Choose a chat model.", path, describeOtherKind(kind));
}

/** Returns the kind and purpose of a model that cannot chat: "Embedding model: turns text into numbers for search." */
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
