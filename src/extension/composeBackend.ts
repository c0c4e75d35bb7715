import { Uri, type ExtensionContext } from "vscode";
import { confirmSecondCopy } from "./device/secondCopyQuestion";
import { ModelFetcher } from "./download/modelFetcher";
import type { InferenceBackend } from "./inference/backend";
import { driverFingerprint } from "./inference/driverFingerprint";
import { LoadedModels } from "./inference/loadedModels";
import { LocalBackend } from "./inference/localBackend";
import type { Log } from "./log";
import { AccessTokens } from "./model/accessTokens";
import { confirmDownload } from "./model/downloadQuestion";
import type { RecentModels } from "./model/recentModels";
import type { SettingsStore } from "./settings";

/** What a backend is made with. */
export interface BackendParts {
	readonly context: ExtensionContext;
	readonly settings: SettingsStore;
	readonly recentModels: RecentModels;
	readonly log: Log;
}

export type CreateBackend = (parts: BackendParts) => InferenceBackend;

/** @returns the bundle of a process of ours. */
export function program(context: ExtensionContext, name: "inference" | "download"): string {
	return Uri.joinPath(context.extensionUri, "dist", `${name}.cjs`).fsPath;
}

/** @returns where downloaded models are kept. */
export function modelsFolder(context: ExtensionContext): string {
	return Uri.joinPath(context.globalStorageUri, "models").fsPath;
}

/** Puts together what runs models on this machine. */
export function createLocalBackend({
	context,
	settings,
	recentModels,
	log,
}: BackendParts): InferenceBackend {
	const fetcher = new ModelFetcher({
		modulePath: program(context, "download"),
		modelsDirectory: modelsFolder(context),
		network: () => settings.network(),
		tokens: new AccessTokens(context.secrets),
		confirmDownload,
		log,
	});
	return new LocalBackend({
		modulePath: program(context, "inference"),
		settings: () => {
			const { model, contextSize: contextTokens, ...rest } = settings.current;
			const { gpu, gpuLayers, threads, unloadAfterMinutes } = rest;
			const name = recentModels.nameOf(model);
			return { model, name, contextTokens, gpu, gpuLayers, threads, unloadAfterMinutes };
		},
		obtainModel: (uri, hooks, signal) => fetcher.obtain(uri, hooks, signal),
		driverFingerprint,
		loadedModels: new LoadedModels(Uri.joinPath(context.globalStorageUri, "loaded").fsPath),
		confirmSecondCopy,
		log,
	});
}
