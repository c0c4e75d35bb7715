import { freemem } from "node:os";
import type { ModelInfo } from "../../protocol/model";
import { describeError } from "../log";
import { unlessAborted } from "../unlessAborted";
import type { InferenceProcess } from "./inferenceProcess";
import type { LocalBackendOptions } from "./localBackendOptions";

type Parts = Pick<LocalBackendOptions, "loadedModels" | "confirmSecondCopy" | "log">;

/** @returns whether nobody objects to loading a model; only one that another window holds is asked about. */
export async function mayLoad(
	path: string,
	child: InferenceProcess,
	{ loadedModels, confirmSecondCopy }: Parts,
	signal: AbortSignal,
): Promise<boolean> {
	const other = await loadedModels.find(path, child.pid);
	if (!other) {
		return true;
	}
	const { modelName, memoryBytes } = other;
	const answer = confirmSecondCopy({ modelName, memoryBytes, freeBytes: freemem() });
	return (await unlessAborted(answer, signal)) === true;
}

/** Tells the other windows what is in memory now, and when it no longer is. */
export async function announceModel(
	{ name, path, memoryBytes }: ModelInfo,
	child: InferenceProcess,
	{ loadedModels, log }: Parts,
): Promise<void> {
	const processId = child.pid;
	if (processId === undefined) {
		return;
	}
	try {
		await loadedModels.add({
			processId,
			loadedAtMs: Date.now(),
			modelName: name,
			modelPath: path,
			memoryBytes: memoryBytes.ram + memoryBytes.gpu,
		});
		void child.exited.then(() => loadedModels.remove(processId)).catch(() => undefined);
	} catch (error) {
		log.warn(`other windows cannot be told of the model: ${describeError(error)}`);
	}
}
