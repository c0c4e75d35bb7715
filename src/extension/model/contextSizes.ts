import type { ModelInfo } from "../../protocol/inference/model";

/** The largest number of sizes to offer. */
const mostSizes = 5;

/** A context size to offer. */
export interface ContextChoice {
	readonly contextTokens: number;
	/** The memory that it takes in addition to the present context, in bytes; `undefined` if unknown. */
	readonly addedBytes: number | undefined;
}

/**
 * Returns larger contexts for a loaded model. Each is twice the one before, up to the size that the model was trained
 * for.
 */
export function largerContexts({
	contextTokens,
	trainedContextTokens,
	contextBytesPerToken,
}: Pick<
	ModelInfo,
	"contextTokens" | "trainedContextTokens" | "contextBytesPerToken"
>): readonly ContextChoice[] {
	const sizes: number[] = [];
	let size = contextTokens;
	while (size < trainedContextTokens && sizes.length < mostSizes) {
		size = Math.min(2 * size, trainedContextTokens);
		sizes.push(size);
	}
	return sizes.map((tokens) => ({
		contextTokens: tokens,
		addedBytes:
			contextBytesPerToken === undefined
				? undefined
				: (tokens - contextTokens) * contextBytesPerToken,
	}));
}
