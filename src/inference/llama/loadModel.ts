import type { LoadContext } from "./loadContext";
import { availableParallelism } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type * as NodeLlamaCpp from "node-llama-cpp";
import type { ContextReason, LoadReport } from "../../protocol/inference/deviceReport";
import type { ModelInfo } from "../../protocol/inference/model";
import { CoreLoadMeter } from "../pace/coreLoad";
import { cpuThreads } from "../pace/cpuThreads";
import type { LoadOptions } from "../engine";
import { readGgufModel, requireChatModel, type GgufModel } from "../../gguf/ggufModel";
import { loadFailure } from "../loadFailure";
import { ChatModel } from "./chatModel";
import { backendOf, resolveDevice, gpuNames } from "./device";
import { withPromptLookup } from "./lookupSequence";
import { gpuLayersToLoad } from "./gpuLayers";
import { LoadedModel } from "./loadedModel";
import { insufficientMemory, requireMemory } from "./memory";
import { openPromptCache } from "./openPromptCache";
import { ThreadTuner } from "../pace/threadTuner";
import { FailureError } from "../../protocol/failureError";

/** The maximum of `localLlm.contextSize`. */
const mostContextTokens = 1_048_576;

/**
 * Checks a model file, loads it, and allocates its context.
 *
 * @returns `undefined` if aborted
 * @throws {FailureError} the failures named after models and memory
 */
export async function loadModel(
	context: LoadContext,
	options: LoadOptions,
	onProgress: (fraction: number) => void,
	signal: AbortSignal,
): Promise<LoadedModel | undefined> {
	const file = await readGgufModel(options.path);
	requireChatModel(options.path, file);
	context.written.clear();
	let model: NodeLlamaCpp.LlamaModel | undefined;
	try {
		await requireMemory(context.llama, options, file);
		const deviceNames = await gpuNames(context.llama, context.gpu);
		model = await context.llama.loadModel({
			modelPath: options.path,
			gpuLayers: gpuLayersToLoad(options, file.trainedContextTokens, deviceNames.length > 0),
			loadSignal: signal,
			onLoadProgress: wholePercents(onProgress),
		});
		const loaded = await createContext(context, options, file, model, deviceNames, signal);
		signal.throwIfAborted();
		return loaded;
	} catch (error) {
		await model?.dispose();
		if (signal.aborted) {
			return undefined;
		}
		if (error instanceof FailureError) {
			throw error;
		}
		if (error instanceof context.library.InsufficientMemoryError) {
			throw await insufficientMemory(context.llama, options, file, error);
		}
		// llama.cpp's lines arrive through the event loop, some of them after the error.
		await setImmediate();
		throw new FailureError(loadFailure(options.path, file.fileBytes, error, context.written.lines));
	}
}

// eslint-disable-next-line max-lines-per-function -- each step needs the values of the one before
async function createContext(
	loadContext: LoadContext,
	options: LoadOptions,
	file: GgufModel,
	model: NodeLlamaCpp.LlamaModel,
	deviceNames: readonly string[],
	signal: AbortSignal,
): Promise<LoadedModel> {
	const { llama, gpu } = loadContext;
	const threads = cpuThreads(options.threads, llama.cpuMathCores, availableParallelism());
	// The library's limit on threads, shared by all contexts.
	llama.maxThreads = threads.most;
	// llama.cpp reads the value as a signed 32-bit integer: four billion becomes negative.
	const trainedContextTokens =
		model.trainContextSize > 0 ? model.trainContextSize : mostContextTokens;
	const context = await model.createContext({
		contextSize:
			options.contextTokens === 0
				? { max: trainedContextTokens }
				: Math.min(options.contextTokens, trainedContextTokens),
		threads: threads.most,
		createSignal: signal,
		...(options.contextTokens === 0 ? {} : { failedCreationRemedy: false }),
	});
	const layers = { gpuLayers: model.gpuLayers, totalLayers: model.fileInsights.totalLayers };
	const { device, reason } = resolveDevice(backendOf(llama, gpu), {
		asked: options.gpuLayers,
		...layers,
		deviceNames,
		threads: threads.initial,
	});
	const { cpuRam, gpuVram } = await llama.getLlamaMemoryUsage();
	const contextSequence = context.getSequence();
	const chat = new ChatModel(model, contextSequence);
	const info: ModelInfo = {
		name: file.name ?? path.basename(options.path, path.extname(options.path)),
		path: options.path,
		fileBytes: file.fileBytes,
		architecture: file.architecture,
		contextTokens: context.contextSize,
		trainedContextTokens,
		contextBytesPerToken: file.cacheBytesPerToken,
		memoryBytes: { ram: cpuRam, gpu: gpuVram },
		device,
		deviceReasons: reason ? [reason] : [],
		thinking: chat.template.ability,
		templateStandIn: chat.standIn,
	};
	const report: LoadReport = {
		info,
		...layers,
		contextReason: contextReason(options.contextTokens, info),
		threadsAreSet: options.threads > 0,
	};
	llama.maxThreads = threads.initial;
	const tuner = options.threads > 0 ? undefined : new ThreadTuner(threads.initial, threads.most);
	const cores = tuner && new CoreLoadMeter();
	withPromptLookup(contextSequence, {
		onBegin: () => cores?.restart(),
		onToken: (durationMs) => {
			tuner?.tokenCame(durationMs, cores?.look());
			// Takes effect with the next batch.
			llama.maxThreads = tuner?.threads ?? threads.initial;
		},
	});
	const savedStates = await openPromptCache(loadContext, options, model, context);
	return new LoadedModel(report, chat, savedStates);
}

/** @param asked the setting; 0 leaves the size open */
function contextReason(
	asked: number,
	{ contextTokens, trainedContextTokens }: ModelInfo,
): ContextReason {
	// Compares the requested size, because the library rounds the allocated size up.
	if (asked !== 0 && asked < trainedContextTokens) {
		return "setting";
	}
	return contextTokens < trainedContextTokens ? "memory" : "trained";
}

/** Returns a listener that forwards only whole percents, since the library reports every tensor. */
function wholePercents(onProgress: (fraction: number) => void): (fraction: number) => void {
	let shown = -1;
	return (fraction) => {
		const percent = Math.floor(fraction * 100);
		if (percent > shown) {
			shown = percent;
			onProgress(percent / 100);
		}
	};
}
