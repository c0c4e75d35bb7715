import type { LlamaContext, LlamaModel } from "node-llama-cpp";
import type { LoadOptions } from "../engine";
import { partsOf } from "../../gguf/ggufModel";
import { stateKey } from "../promptCache/stateKey";
import { StateStore } from "../promptCache/stateStore";
import type { SavedStates } from "./contextStates";
import { backendOf } from "./device";
import { engineVersions } from "./deviceReport";
import type { LoadContext } from "./loadContext";

/** @returns the saved states of a model that was loaded; `undefined` where none are to be kept, or cannot be. */
export async function openStates(
	{ library, llama, gpu, log }: LoadContext,
	{ path, stateCache }: LoadOptions,
	model: LlamaModel,
	context: LlamaContext,
): Promise<SavedStates | undefined> {
	if (!stateCache) {
		return undefined;
	}
	const { folder, maxBytes, leastGainMs } = stateCache;
	try {
		const { llamaCpp, nodeLlamaCpp } = await engineVersions({ library, llama });
		const key = await stateKey({
			modelFiles: partsOf(path),
			llamaCppRelease: llamaCpp,
			libraryVersion: nodeLlamaCpp,
			backend: backendOf(llama, gpu),
			gpuLayers: model.gpuLayers,
			contextTokens: context.contextSize,
		});
		const store = new StateStore({ folder, maxBytes, key, log });
		await store.tidy();
		return maxBytes > 0 ? { store, leastGainMs, log } : undefined;
	} catch (error) {
		log("warn", `No state is kept of what is evaluated: ${String(error)}`);
		return undefined;
	}
}
