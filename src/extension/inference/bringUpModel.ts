import { randomUUID } from "node:crypto";
import { EstimateFit, LoadModel, LoadProgress } from "../../protocol/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/model";
import type { FetchProgress } from "../../protocol/fetchProgress";
import type { ModelFit } from "../../protocol/modelFit";
import type { Log } from "../log";
import { InferenceError } from "./backend";
import type { InferenceProcess } from "./inferenceProcess";
import { findModelSource, modelDisplayName } from "./modelFiles";
import type { LocalModelSettings } from "./modelSettings";

/**
 * Finds the file that an address names, on this machine or on its host.
 *
 * @returns its path, or `undefined` if aborted or declined.
 * @throws {InferenceError}
 */
export type ObtainModel = (
	uri: string,
	hooks: {
		/** Tells how a model would run here, from the beginning of its file. */
		readonly estimateFit: (path: string) => Promise<ModelFit>;
		readonly onProgress: (progress: FetchProgress) => void;
	},
	signal: AbortSignal,
) => Promise<string | undefined>;

export interface BringUpOptions {
	readonly obtainModel: ObtainModel;
	/** Gives the process that is to load the model, started if need be. Only asked for once the setting is sound. */
	readonly process: () => Promise<InferenceProcess>;
	/** Adds the reason for the device. */
	readonly explain: (info: ModelInfo) => ModelInfo;
	/** Hears where the model is on its way. */
	readonly onStatus: (status: ModelStatus) => void;
	readonly log: Log;
}

/**
 * Brings the model that the settings name into memory: finds or downloads its file and loads it.
 *
 * @returns `undefined` if aborted or the download was declined.
 * @throws {InferenceError} if the model cannot be had.
 */
export async function bringUpModel(
	settings: LocalModelSettings,
	{ obtainModel, process, explain, onStatus, log }: BringUpOptions,
	signal: AbortSignal,
): Promise<ModelInfo | undefined> {
	const source = findModelSource(settings.model);
	if (source.kind === "modelNotChosen" || source.kind === "modelSettingInvalid") {
		throw new InferenceError(source);
	}
	const name = modelDisplayName(settings.model, settings.name);
	// llama.cpp takes a while to start, and so does finding a model.
	const started = process();
	started.catch(() => undefined);
	const path =
		source.kind === "file"
			? source.path
			: await obtainModel(
					source.uri,
					{
						estimateFit: async (path) => {
							await started;
							const { contextTokens, gpuLayers } = settings;
							const params = { path, contextTokens, gpuLayers };
							return (await process()).request(EstimateFit, params, signal);
						},
						onProgress: (progress) => {
							onStatus({ kind: "downloading", name, progress });
						},
					},
					signal,
				);
	await started;
	if (path === undefined || signal.aborted) {
		return undefined;
	}
	// Another one, if that has ended meanwhile: a download takes long.
	const child = await process();
	onStatus({ kind: "loading", name, fraction: 0 });
	const progressToken = randomUUID();
	const progress = child.onDidProgress(LoadProgress, progressToken, ({ fraction }) => {
		onStatus({ kind: "loading", name, fraction });
	});
	try {
		const { contextTokens, gpuLayers, threads } = settings;
		const params = { path, contextTokens, gpuLayers, threads, progressToken };
		const loaded = await child.request(LoadModel, params, signal);
		if (!loaded) {
			return undefined;
		}
		const info = explain(loaded);
		log.info(describeLoad(info));
		return { ...info, name: settings.name ?? info.name };
	} finally {
		progress.dispose();
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
