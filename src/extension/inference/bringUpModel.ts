import { randomUUID } from "node:crypto";
import { freemem } from "node:os";
import { LoadModel, LoadProgress } from "../../protocol/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/model";
import { describeError } from "../log";
import { unlessAborted } from "../unlessAborted";
import { InferenceError } from "./backend";
import type { InferenceProcess } from "./inferenceProcess";
import { findModelSource, modelDisplayName } from "./modelFiles";
import type { LocalBackendOptions } from "./localBackendOptions";
import type { LocalModelSettings } from "./modelSettings";
import { obtainModel } from "./obtainModel";

export interface BringUpOptions extends Pick<
	LocalBackendOptions,
	"modelsDirectory" | "confirmDownload" | "loadedModels" | "confirmSecondCopy" | "log"
> {
	/** Gives the process that is to load the model, started if need be. Only asked for once the setting is sound. */
	readonly process: () => Promise<InferenceProcess>;
	/** Adds the reason for the device. */
	readonly explain: (info: ModelInfo) => ModelInfo;
	/** Hears where the model is on its way. */
	readonly onStatus: (status: ModelStatus) => void;
}

/**
 * Brings the model that the settings name into memory: finds or downloads its file and loads it.
 *
 * @returns `undefined` if aborted, or if the download or a second copy in memory was declined.
 * @throws {InferenceError} if the model cannot be had.
 */
export async function bringUpModel(
	settings: LocalModelSettings,
	options: BringUpOptions,
	signal: AbortSignal,
): Promise<ModelInfo | undefined> {
	const { modelsDirectory, confirmDownload, process, explain, onStatus, log } = options;
	const source = findModelSource(settings.model);
	if (source.kind === "modelNotChosen" || source.kind === "modelSettingInvalid") {
		throw new InferenceError(source);
	}
	const name = modelDisplayName(settings.model);
	const child = await process();
	const path =
		source.kind === "file"
			? source.path
			: await obtainModel(
					child,
					{ uri: source.uri, directory: modelsDirectory },
					confirmDownload,
					(progress) => {
						onStatus({ kind: "downloading", name, ...progress });
					},
					signal,
				);
	if (path === undefined || signal.aborted || !(await mayLoad(path, child, options, signal))) {
		return undefined;
	}
	onStatus({ kind: "loading", name, fraction: 0 });
	const progressToken = randomUUID();
	const progress = child.onDidProgress(LoadProgress, progressToken, ({ fraction }) => {
		onStatus({ kind: "loading", name, fraction });
	});
	try {
		const { contextTokens, gpuLayers, threads } = settings;
		const params = { path, contextTokens, gpuLayers, threads, progressToken };
		const loaded = await child.request(LoadModel, params, signal);
		const info = loaded ? explain(loaded) : undefined;
		if (info) {
			log.info(describeLoad(info));
			await announce(info, child, options);
		}
		return info;
	} finally {
		progress.dispose();
	}
}

/** @returns whether nobody objects to loading a model; only one that another window holds is asked about. */
async function mayLoad(
	path: string,
	child: InferenceProcess,
	{ loadedModels, confirmSecondCopy }: BringUpOptions,
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
async function announce(
	{ name, path, memoryBytes }: ModelInfo,
	child: InferenceProcess,
	{ loadedModels, log }: BringUpOptions,
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

/** @returns what was loaded and where it computes, and why there. */
function describeLoad({ path, contextTokens, device, deviceReason }: ModelInfo): string {
	const where =
		device.kind === "cpu"
			? "the processor"
			: `${device.backend} (${device.deviceNames.join(", ")}), ${device.gpuLayers} of ${device.totalLayers} layers`;
	return `loaded ${path} with a context of ${contextTokens} tokens on ${where}, threads: ${device.threads}. ${deviceReason}`;
}
