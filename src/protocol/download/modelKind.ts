/** What a GGUF can hold that nobody can chat with. */
export const otherKinds = [
	"embedding",
	"reranker",
	"projector",
	"adapter",
	"controlVector",
	"importanceMatrix",
	"drafter",
	"vocabulary",
	"noVocabulary",
	"speech",
	"image",
	"diffusion",
	"encoderDecoder",
] as const;
export type OtherKind = (typeof otherKinds)[number];

/** "text" writes text but has no chat template, as base models have none. */
export const modelKinds = ["chat", "text", ...otherKinds] as const;
export type ModelKind = (typeof modelKinds)[number];

/** What of a GGUF's header tells which kind of model it is. What the file does not state, or was not read, is `undefined`. */
export interface KindFacts {
	/** `general.type` */
	readonly type: string | undefined;
	readonly architecture: string;
	/** Which of the groups of keys there are that only files of one kind have: "adapter", "clip", "imatrix", "classifier". */
	readonly groups: ReadonlySet<string>;
	/** `<architecture>.pooling_type` */
	readonly poolingType: number | undefined;
	/** `<architecture>.attention.causal` */
	readonly isCausal: boolean | undefined;
	/** `<architecture>.nextn_predict_layers` */
	readonly draftLayers: number | undefined;
	readonly hasChatTemplate: boolean;
	readonly hasRerankTemplate: boolean;
	/** `undefined` while the header was not read to its end. */
	readonly hasVocabulary: boolean | undefined;
	/** Of all parts of the model; `undefined` while not all were read. */
	readonly tensors: { readonly count: number; readonly hasFirstBlock: boolean } | undefined;
}

/*
 * llama.cpp's names of architectures (llama-arch.cpp) and of `general.type` (gguf-py, constants.py), with those that other
 * programs write. Patterns take what is named like them later.
 */
const drafters = /^(?:eagle|dflash|dspark|medusa|mtp)|[-_](?:assistant|draft(?:er)?|mtp|eagle\d*)$/;
const embeddings = /bert|(?:^|[-_])embed(?:dings?)?$|^t5encoder$/;
const diffusions = /^(?:dream|llada|rnd1|diffusion)/;
const speech = /tts|wavtokenizer|whisper|kokoro|^parler|^bark$|^encodec$|^snac$|^vocos$|^moshi$/;
const images =
	/^(?:flux|sd\d|sdxl|aura|hidream|cosmos|ltxv|hyvid|wan|lumina\d*|qwen_image|pixart|chroma|z_image)/;
/** llama.cpp's pooling by rank; the others above 0 pool embeddings. */
const rankPooling = 4;

/** The kinds whose files can look like a base model, so that the name has to tell. */
const knownByName: ReadonlySet<OtherKind> = new Set(["embedding", "reranker"]);

/**
 * @param named what the file's name says, if it says something
 * @returns which kind of model a header describes. No name makes one that has a chat template another kind.
 */
export function kindOf(facts: KindFacts, named?: OtherKind): ModelKind {
	const kind = kindOfFacts(facts);
	return kind === "text" && named !== undefined && knownByName.has(named) ? named : kind;
}

function kindOfFacts(facts: KindFacts): ModelKind {
	const { type, groups, tensors } = facts;
	const architecture = facts.architecture.toLowerCase();
	if (type === "imatrix" || groups.has("imatrix")) {
		return "importanceMatrix";
	}
	if (architecture === "controlvector") {
		return "controlVector";
	}
	if (type === "adapter" || groups.has("adapter")) {
		return "adapter";
	}
	if (type === "mmproj" || groups.has("clip") || /^(?:clip|mmproj)$/.test(architecture)) {
		return "projector";
	}
	if (type === "vocab" || tensors?.count === 0) {
		return "vocabulary";
	}
	const isOnlyDraft = (facts.draftLayers ?? 0) > 0 && tensors?.hasFirstBlock === false;
	if (drafters.test(architecture) || isOnlyDraft) {
		return "drafter";
	}
	return kindOfUse(architecture, facts);
}

function kindOfUse(architecture: string, facts: KindFacts): ModelKind {
	const { groups, poolingType = 0 } = facts;
	if (diffusions.test(architecture)) {
		return "diffusion";
	}
	if (speech.test(architecture)) {
		return "speech";
	}
	if (images.test(architecture)) {
		return "image";
	}
	if (/^t5$/.test(architecture)) {
		return "encoderDecoder";
	}
	if (poolingType === rankPooling || facts.hasRerankTemplate || groups.has("classifier")) {
		return "reranker";
	}
	if (poolingType > 0 || facts.isCausal === false || embeddings.test(architecture)) {
		return "embedding";
	}
	if (facts.hasVocabulary === false) {
		return "noVocabulary";
	}
	return facts.hasChatTemplate ? "chat" : "text";
}

/** @returns whether somebody can chat with a model of this kind. */
export function canChat(kind: ModelKind): kind is "chat" | "text" {
	return kind === "chat" || kind === "text";
}
