import type { KindFacts } from "../protocol/download/modelKind";
import type { GgufCursor, GgufValue } from "./ggufCursor";

/** Groups of keys whose presence tells a file's kind. */
const tellingGroups = /^(adapter|clip|imatrix)\.|\.(classifier)\./;
/** Values of `tokenizer.ggml.model` that mean no vocabulary. */
const noVocabulary = /^(?:none|no_vocab)$/;
/** Metadata of attention with sliding windows, compressed keys, or state space models. */
const thriftyAttention = ["attention.sliding_window", "attention.kv_lora_rank", "ssm.state_size"];

/** The keys and values of a GGUF header. */
export class GgufMetadata {
	readonly #values = new Map<string, GgufValue>();
	readonly #groups = new Set<string>();
	#isWhole = false;

	/**
	 * Reads `count` entries. After a failure, the entries read before it remain available.
	 *
	 * @throws {FailureError} `modelTruncated`, `modelUnreadable`
	 */
	async read(cursor: GgufCursor, count: number): Promise<void> {
		for (let index = 0; index < count; index++) {
			const key = await cursor.name();
			const [, first, second] = tellingGroups.exec(key) ?? [];
			const group = first ?? second;
			if (group !== undefined) {
				this.#groups.add(group);
			}
			this.#values.set(key, await cursor.value());
		}
		this.#isWhole = true;
	}

	/** As the file states it, of any length. */
	get architecture(): string {
		return this.text("general.architecture") ?? "";
	}

	get split(): { readonly index: number; readonly count: number } | undefined {
		const count = this.number("split.count") ?? 0;
		return count > 1 ? { index: this.number("split.no") ?? 0, count } : undefined;
	}

	text(key: string): string | undefined {
		const value = this.#values.get(key);
		return typeof value === "string" ? value : undefined;
	}

	/** Returns a value that is a safe integer. */
	number(key: string): number | undefined {
		const value = this.#values.get(key);
		return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
	}

	/** Returns a value of the architecture's own keys that is greater than 0. */
	positive(key: string): number | undefined {
		const value = this.number(`${this.architecture}.${key}`);
		return value !== undefined && value > 0 ? value : undefined;
	}

	/** Returns whether the architecture has this key, whatever its value. */
	has(key: string): boolean {
		return this.#values.has(`${this.architecture}.${key}`);
	}

	/** @param tensors of the whole model; `undefined` if they were not read */
	facts(tensors: KindFacts["tensors"]): KindFacts {
		const own = (key: string): GgufValue | undefined =>
			this.#values.get(`${this.architecture}.${key}`);
		const causal = own("attention.causal");
		const vocabulary = this.text("tokenizer.ggml.model");
		return {
			type: this.text("general.type"),
			architecture: this.architecture,
			groups: this.#groups,
			poolingType: this.positive("pooling_type"),
			isCausal: typeof causal === "boolean" ? causal : undefined,
			draftLayers: this.positive("nextn_predict_layers"),
			hasChatTemplate: this.text("tokenizer.chat_template") !== undefined,
			hasRerankTemplate: this.#values.has("tokenizer.chat_template.rerank"),
			hasVocabulary:
				vocabulary === undefined
					? this.#isWhole
						? false
						: undefined
					: !noVocabulary.test(vocabulary),
			tensors,
		};
	}
}

/** Returns the bytes that each token of context takes, if all layers keep all keys and values. */
export function cacheBytesPerToken(metadata: GgufMetadata): number | undefined {
	const layers = metadata.positive("block_count");
	const heads = metadata.positive("attention.head_count");
	const cachedHeads = metadata.positive("attention.head_count_kv");
	const width = metadata.positive("embedding_length");
	if (
		layers === undefined ||
		heads === undefined ||
		width === undefined ||
		// The value is a list if layers differ.
		(metadata.has("attention.head_count_kv") && cachedHeads === undefined) ||
		thriftyAttention.some((key) => metadata.positive(key) !== undefined)
	) {
		return undefined;
	}
	const keys = metadata.positive("attention.key_length") ?? width / heads;
	const values = metadata.positive("attention.value_length") ?? width / heads;
	return layers * (cachedHeads ?? heads) * (keys + values) * 2;
}
