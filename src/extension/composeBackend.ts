import { Uri, type ExtensionContext } from "vscode";
import { CudaInstaller, type CudaInstallerOptions } from "./cuda/cudaInstaller";
import cudaPackages from "./cuda/cudaPackages.json";
import { systemClock } from "./clock";
import { confirmSecondCopy } from "./device/secondCopyQuestion";
import { ModelFetcher } from "./download/modelFetcher";
import type { InferenceBackend } from "./inference/backend";
import type { OnCrash } from "./inference/crashRecorder";
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
	readonly cuda: CudaInstaller;
	readonly onCrash: OnCrash;
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

/** Puts together what adds CUDA to the engine. */
export function createCudaInstaller(
	context: ExtensionContext,
	settings: SettingsStore,
	log: Log,
): CudaInstaller {
	const packages: Readonly<Record<string, CudaInstallerOptions["packages"]>> =
		cudaPackages.packages;
	return new CudaInstaller({
		modulePath: program(context, "download"),
		registry: "https://registry.npmjs.org",
		folder: Uri.joinPath(context.globalStorageUri, "engine").fsPath,
		version: cudaPackages.version,
		packages: packages[`${process.platform}-${process.arch}`] ?? [],
		network: () => settings.network(),
		log,
	});
}

/** Puts together what runs models on this machine. */
export function createLocalBackend({
	context,
	settings,
	recentModels,
	cuda,
	onCrash,
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
		addedPackages: cuda.engineFolder,
		// What failed for want of CUDA may work with it.
		driverFingerprint: async () => `${await driverFingerprint()}\n${String(cuda.isInstalled)}`,
		loadedModels: new LoadedModels(Uri.joinPath(context.globalStorageUri, "loaded").fsPath),
		confirmSecondCopy,
		clock: systemClock,
		onCrash,
		log,
	});
}
