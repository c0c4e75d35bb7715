/** The kinds of models in GGUF files that cannot chat. */
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

/** "text" generates text but has no chat template, as is usual for base models. */
export const modelKinds = ["chat", "text", ...otherKinds] as const;
export type ModelKind = (typeof modelKinds)[number];

/**
 * The properties in a GGUF header that show which kind of model it is. A property that is missing or was not read is
 * `undefined`.
 */
export interface KindFacts {
	/** `general.type` */
	readonly type: string | undefined;
	readonly architecture: string;
	/** The groups of keys that occur only in files of one kind: "adapter", "clip", "imatrix", "classifier". */
	readonly groups: ReadonlySet<string>;
	/** `<architecture>.pooling_type` */
	readonly poolingType: number | undefined;
	/** `<architecture>.attention.causal` */
	readonly isCausal: boolean | undefined;
	/** `<architecture>.nextn_predict_layers` */
	readonly draftLayers: number | undefined;
	readonly hasChatTemplate: boolean;
	readonly hasRerankTemplate: boolean;
	/** `undefined` if the header was not read to its end. */
	readonly hasVocabulary: boolean | undefined;
	/** The tensors of all parts of the model; `undefined` if not all parts were read. */
	readonly tensors: { readonly count: number; readonly hasFirstBlock: boolean } | undefined;
}

/*
 * llama.cpp's names of architectures (llama-arch.cpp) and of `general.type` (gguf-py, constants.py), and those that
 * other programs write. The patterns also match similar names that may come later.
 */
const drafters = /^(?:eagle|dflash|dspark|medusa|mtp)|[-_](?:assistant|draft(?:er)?|mtp|eagle\d*)$/;
const embeddings = /bert|(?:^|[-_])embed(?:dings?)?$|^t5encoder$/;
const diffusions = /^(?:dream|llada|rnd1|diffusion)/;
const speech = /tts|wavtokenizer|whisper|kokoro|^parler|^bark$|^encodec$|^snac$|^vocos$|^moshi$/;
const images =
	/^(?:flux|sd\d|sdxl|aura|hidream|cosmos|ltxv|hyvid|wan|lumina\d*|qwen_image|pixart|chroma|z_image)/;
/** llama.cpp's value for rank pooling. The other values above 0 pool embeddings. */
const rankPooling = 4;

/** The kinds whose files can look like a base model, so that the name has to decide. */
const knownByName: ReadonlySet<OtherKind> = new Set(["embedding", "reranker"]);

/**
 * Returns the kind of model that a header describes. A model with a chat template keeps its kind, whatever its name is.
 *
 * @param named the kind that the file name suggests, if any
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

/** Returns whether models of this kind can chat. */
export function canChat(kind: ModelKind): kind is "chat" | "text" {
	return kind === "chat" || kind === "text";
}
