import { randomUUID } from "node:crypto";
import { LoadModel, LoadProgress } from "../../protocol/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/model";
import type { Log } from "../log";
import { InferenceError } from "./backend";
import type { InferenceProcess } from "./inferenceProcess";
import { findModelSource, modelDisplayName } from "./modelFiles";
import type { LocalModelSettings } from "./modelSettings";
import { obtainModel, type ConfirmDownload } from "./obtainModel";

export interface BringUpOptions {
	/** Where downloaded models are kept. */
	readonly modelsDirectory: string;
	readonly confirmDownload: ConfirmDownload;
	/** Gives the process that is to load the model, started if need be. Only asked for once the setting is sound. */
	readonly process: () => Promise<InferenceProcess>;
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
	{ modelsDirectory, confirmDownload, process, onStatus, log }: BringUpOptions,
	signal: AbortSignal,
): Promise<ModelInfo | undefined> {
	const source = findModelSource(settings.model);
	if (source.kind === "modelNotChosen" || source.kind === "modelSettingInvalid") {
		throw new InferenceError(source);
	}
	const name = modelDisplayName(settings.model, settings.name);
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
	if (path === undefined || signal.aborted) {
		return undefined;
	}
	onStatus({ kind: "loading", name, fraction: 0 });
	const progressToken = randomUUID();
	const progress = child.onDidProgress(LoadProgress, progressToken, ({ fraction }) => {
		onStatus({ kind: "loading", name, fraction });
	});
	try {
		const { contextTokens, threads } = settings;
		const params = { path, contextTokens, threads, progressToken };
		const info = await child.request(LoadModel, params, signal);
		if (!info) {
			return undefined;
		}
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
