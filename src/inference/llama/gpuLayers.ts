import type { LlamaModelOptions } from "node-llama-cpp";
import type { LoadOptions } from "../engine";

/**
 * @param trainedContextTokens what the file states, if it does.
 * @param hasDevice whether the backend found a GPU: without one it would still plan with the memory it does not have.
 * @returns how many layers llama.cpp is to put on the GPU. "auto" leaves room for the context that is asked for; where
 * its size is open too, the library weighs one against the other.
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
