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

/** A copy that takes a smaller share of the free main memory is not worth a question. */
const notableShare = 0.1;
/**
 * Only the driver knows how much GPU memory is free, so a fixed limit decides whether a copy on the GPU is worth a
 * question.
 */
const notableGpuBytes = 512 * 2 ** 20;

/**
 * Returns whether a model may be loaded. Asks the user if another window has already loaded it and a second copy is
 * large.
 */
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

/** Returns whether a second copy takes so much memory that the user should decide. */
export function isNotable(
	{ memoryBytes, gpuBytes = 0 }: Pick<LoadedModelEntry, "memoryBytes" | "gpuBytes">,
	freeBytes: number,
): boolean {
	return memoryBytes - gpuBytes > notableShare * freeBytes || gpuBytes >= notableGpuBytes;
}

/** Announces the loaded model to the other windows, until its process ends. A failure is logged. */
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
		log.warn(`the loaded model could not be announced to other windows: ${describeError(error)}`);
	}
}
