import type { ModelInfo } from "../../protocol/inference/model";

/** How many sizes are offered at most. */
const mostSizes = 5;

/** A size that a model's context can have. */
export interface ContextChoice {
	readonly contextTokens: number;
	/** More than the context takes now; `undefined` where that is not known. */
	readonly addedBytes: number | undefined;
}

/** @returns larger contexts for a loaded model, each twice the one before, up to what the model was trained for. */
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
