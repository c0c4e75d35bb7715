import { randomUUID } from "node:crypto";
import {
	EstimateFit,
	LoadModel,
	LoadProgress,
	type PromptCacheOptions,
} from "../../protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";
import { describeLoad } from "./describeLoad";
import type { InferenceProcess } from "./inferenceProcess";
import type { LocalLanguageModelParts } from "./localLanguageModelParts";
import { findModelSource, modelDisplayName } from "./modelFiles";
import type { LocalModelSettings } from "./modelSettings";
import { announceModel, mayLoad } from "./otherWindows";
import { FailureError } from "../../protocol/failureError";

/** Restoring a prompt must save at least a second to be worth a file. */
const defaultLeastCacheGainMs = 1000;

export interface BringUpOptions extends Pick<
	LocalLanguageModelParts,
	| "obtainModel"
	| "loadedModels"
	| "confirmSecondCopy"
	| "freeMemory"
	| "promptCacheFolder"
	| "leastCacheGainMs"
	| "log"
> {
	/** Returns the process that loads the model, and starts it if necessary. Called only if the model setting is valid. */
	readonly process: () => Promise<InferenceProcess>;
	/** Returns the model with the reasons for its device added. */
	readonly explain: (info: ModelInfo) => ModelInfo;
	/** Called when the status of the model changes. */
	readonly onStatus: (status: ModelStatus) => void;
}

/**
 * Brings the model that the settings name into memory: finds or downloads its file and loads it.
 *
 * @returns `undefined` if aborted, or if the user declined the download or a second copy in memory
 * @throws {FailureError} if the model is not available
 */
export async function bringUpModel(
	settings: LocalModelSettings,
	options: BringUpOptions,
	signal: AbortSignal,
): Promise<ModelInfo | undefined> {
	const source = findModelSource(settings.model);
	if (source.kind === "modelNotChosen" || source.kind === "modelSettingInvalid") {
		throw new FailureError(source);
	}
	const { process, onStatus } = options;
	const name = modelDisplayName(settings.model, settings.name);
	// llama.cpp starts while the model is being found: both take a while.
	const started = process();
	started.catch(() => undefined);
	const path =
		source.kind === "file"
			? source.path
			: await obtain(source.uri, name, started, settings, options, signal);
	await started;
	if (path === undefined || signal.aborted) {
		return undefined;
	}
	// A download takes long: if the process has ended meanwhile, this starts another one.
	const child = await process();
	if (!(await mayLoad(path, child, options, signal))) {
		return undefined;
	}
	onStatus({ kind: "loading", name, fraction: 0 });
	return load(path, name, child, settings, options, signal);
}

function obtain(
	uri: string,
	name: string,
	started: Promise<unknown>,
	{ contextTokens, gpuLayers }: LocalModelSettings,
	{ obtainModel, process, onStatus }: BringUpOptions,
	signal: AbortSignal,
): Promise<string | undefined> {
	return obtainModel(
		uri,
		{
			ready: started,
			estimateFit: async (path) => {
				const child = await process();
				return child.request(EstimateFit, { path, contextTokens, gpuLayers }, signal);
			},
			onProgress: (progress) => {
				onStatus({ kind: "downloading", name, progress });
			},
		},
		signal,
	);
}

async function load(
	path: string,
	name: string,
	child: InferenceProcess,
	settings: LocalModelSettings,
	options: BringUpOptions,
	signal: AbortSignal,
): Promise<ModelInfo | undefined> {
	const { contextTokens, gpuLayers, threads } = settings;
	const { explain, onStatus, log } = options;
	const promptCache = promptCacheOf(settings, options);
	const progressToken = randomUUID();
	const progress = child.onDidProgress(LoadProgress, progressToken, ({ fraction }) => {
		onStatus({ kind: "loading", name, fraction });
	});
	try {
		const params = { path, contextTokens, gpuLayers, threads, promptCache, progressToken };
		const loaded = await child.request(LoadModel, params, signal);
		if (!loaded) {
			return undefined;
		}
		child.computesOn(loaded.device);
		// The name in the file is not used: a model keeps one name, loaded or not.
		const info = { ...explain(loaded), name };
		log.info(describeLoad(info));
		await announceModel(info, child, options);
		return info;
	} finally {
		progress.dispose();
	}
}

function promptCacheOf(
	{ stateCacheMegabytes }: LocalModelSettings,
	{ promptCacheFolder, leastCacheGainMs = defaultLeastCacheGainMs }: BringUpOptions,
): PromptCacheOptions | undefined {
	return promptCacheFolder === undefined
		? undefined
		: {
				folder: promptCacheFolder,
				maxBytes: stateCacheMegabytes * 2 ** 20,
				leastGainMs: leastCacheGainMs,
			};
}
