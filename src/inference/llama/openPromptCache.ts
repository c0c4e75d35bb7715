import type { LlamaContext, LlamaModel } from "node-llama-cpp";
import type { LoadOptions } from "../engine";
import { splitPartsOf } from "../../gguf/ggufModel";
import { cacheKey } from "../promptCache/cacheKey";
import { PromptCache } from "../promptCache/promptCache";
import type { OpenPromptCache } from "./contextCache";
import { backendOf } from "./device";
import { engineVersions } from "./deviceReport";
import type { LoadContext } from "./loadContext";

/** Returns the prompt cache of a loaded model; `undefined` if caching is off or impossible. */
export async function openPromptCache(
	{ library, llama, gpu, log }: LoadContext,
	{ path, promptCache }: LoadOptions,
	model: LlamaModel,
	context: LlamaContext,
): Promise<OpenPromptCache | undefined> {
	if (!promptCache) {
		return undefined;
	}
	const { folder, maxBytes, leastGainMs } = promptCache;
	try {
		const { llamaCpp, nodeLlamaCpp } = await engineVersions({ library, llama });
		const key = await cacheKey({
			modelFiles: splitPartsOf(path),
			llamaCppRelease: llamaCpp,
			libraryVersion: nodeLlamaCpp,
			backend: backendOf(llama, gpu),
			gpuLayers: model.gpuLayers,
			contextTokens: context.contextSize,
		});
		const store = new PromptCache({ folder, maxBytes, key, log });
		await store.tidy();
		return maxBytes > 0 ? { store, leastGainMs, log } : undefined;
	} catch (error) {
		log("warn", `No state is kept of what is evaluated: ${String(error)}`);
		return undefined;
	}
}
