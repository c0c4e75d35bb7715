import { freemem } from "node:os";
import type { ModelInfo } from "../../protocol/inference/model";
import { describeError } from "../base/log";
import { unlessAborted } from "../base/unlessAborted";
import type { InferenceProcess } from "./inferenceProcess";
import type { LoadedModelEntry } from "./loadedModels";
import type { LocalLanguageModelParts } from "./localLanguageModelParts";

type Parts = Pick<
	LocalLanguageModelParts,
	"loadedModels" | "confirmSecondCopy" | "freeMemory" | "log"
>;

/** Of the free main memory: what takes less is not worth a question. */
const notableShare = 0.1;
/** How much of a GPU's memory is free only its driver knows, so that less of it than this counts as little. */
const notableGpuBytes = 512 * 2 ** 20;

/** @returns whether nobody objects to loading a model; only a large one that another window holds is asked about. */
export async function mayLoad(
	path: string,
	child: InferenceProcess,
	{ loadedModels, confirmSecondCopy, freeMemory = freemem }: Parts,
	signal: AbortSignal,
): Promise<boolean> {
	const other = await loadedModels.find(path, child.pid);
	const freeBytes = freeMemory();
	if (!other || !isNotable(other, freeBytes)) {
		return true;
	}
	const { modelName, memoryBytes } = other;
	const answer = confirmSecondCopy({ modelName, memoryBytes, freeBytes });
	return (await unlessAborted(answer, signal)) === true;
}

/** @returns whether another copy takes so much memory that a person should decide. */
export function isNotable(
	{ memoryBytes, gpuBytes = 0 }: Pick<LoadedModelEntry, "memoryBytes" | "gpuBytes">,
	freeBytes: number,
): boolean {
	return memoryBytes - gpuBytes > notableShare * freeBytes || gpuBytes >= notableGpuBytes;
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
			gpuBytes: memoryBytes.gpu,
		});
		void child.exited.then(() => loadedModels.remove(processId)).catch(() => undefined);
	} catch (error) {
		log.warn(`other windows cannot be told of the model: ${describeError(error)}`);
	}
}
