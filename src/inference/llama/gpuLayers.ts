import type { LlamaModelOptions } from "node-llama-cpp";
import type { LoadOptions } from "../engine";

/**
 * Returns how many layers llama.cpp puts on the GPU. "auto" leaves room for the requested context; if the context size
 * is open as well, the library balances the two.
 *
 * @param trainedContextTokens as the file states it, if it does
 * @param hasDevice whether the backend found a GPU; without one, the library would still plan with memory that does not
 * exist
 */
export function gpuLayersToLoad(
	{ gpuLayers, contextTokens }: Pick<LoadOptions, "gpuLayers" | "contextTokens">,
	trainedContextTokens: number | undefined,
	hasDevice: boolean,
): NonNullable<LlamaModelOptions["gpuLayers"]> {
	if (!hasDevice) {
		return 0;
	}
	if (gpuLayers !== "auto") {
		return gpuLayers;
	}
	return contextTokens === 0
		? "auto"
		: { fitContext: { contextSize: Math.min(contextTokens, trainedContextTokens ?? Infinity) } };
}
