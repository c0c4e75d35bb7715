import type { ExtensionContext } from "vscode";
import { systemClock } from "../base/clock";
import { CudaInstaller, type CudaInstallerOptions } from "../cuda/cudaInstaller";
import cudaPackages from "../cuda/cudaPackages.json";
import { confirmSecondCopy } from "../model/secondCopyQuestion";
import { withHub, type HubSession } from "../download/hubSession";
import { ModelFetcher } from "../download/modelFetcher";
import type { LanguageModel } from "../inference/languageModel";
import type { OnCrash } from "../inference/restart/crashRecorder";
import { driverFingerprint } from "../inference/devices/driverFingerprint";
import { LoadedModels } from "../inference/loadedModels";
import { LocalLanguageModel } from "../inference/localLanguageModel";
import { program, storageFolder } from "./folders";
import { inspectModel } from "../inference/inspectModel";
import type { LocalModelSettings } from "../inference/modelSettings";
import { scopedLog, type Log } from "../base/log";
import type { ModelDetails } from "../../protocol/inference/model";
import { AccessTokens } from "../model/accessTokens";
import { confirmDownload } from "../model/downloadQuestion";
import type { SettingsStore } from "../settings/settings";

/*
 * The values that the model side needs. It is in its own bundle, loaded when first needed (docs/adr/0015), so its
 * errors are not instances of the classes that the rest of the extension uses.
 */

export interface ModelSideParts {
	readonly context: ExtensionContext;
	readonly settings: SettingsStore;
	readonly modelSettings: () => LocalModelSettings;
	readonly onCrash: OnCrash;
	readonly log: Log;
}

/** The services that run and download models on this machine. */
export interface ModelSide {
	readonly languageModel: LanguageModel;
	/** Installs CUDA for the engine. */
	readonly cuda: CudaInstaller;
	/** Reads the details of a model from its files. */
	readonly inspectModel: (path: string, signal: AbortSignal) => Promise<ModelDetails | undefined>;
	/** Runs `work` with a hub that can be searched. */
	readonly withHub: <R>(work: (hub: HubSession) => Promise<R>) => Promise<R | undefined>;
}

/** Constructs the model side. */
export function createModelSide(parts: ModelSideParts): ModelSide {
	const cuda = createCudaInstaller(parts);
	return {
		languageModel: createLocalBackend(parts, cuda),
		cuda,
		withHub: (work) =>
			withHub(
				{
					modulePath: program(parts.context, "download"),
					network: () => parts.settings.network(),
					tokens: new AccessTokens(parts.context.secrets),
					log: scopedLog(parts.log, "models"),
				},
				new AbortController().signal,
				work,
			),
		inspectModel: (path, signal) =>
			inspectModel(
				program(parts.context, "inference"),
				path,
				scopedLog(parts.log, "inference"),
				signal,
			),
	};
}

function createCudaInstaller({ context, settings, log }: ModelSideParts): CudaInstaller {
	const packages: Readonly<Record<string, CudaInstallerOptions["packages"]>> =
		cudaPackages.packages;
	return new CudaInstaller({
		modulePath: program(context, "download"),
		registry: "https://registry.npmjs.org",
		folder: storageFolder(context, "engine"),
		version: cudaPackages.version,
		packages: packages[`${process.platform}-${process.arch}`] ?? [],
		network: () => settings.network(),
		log: scopedLog(log, "cuda"),
	});
}

function createLocalBackend(
	{ context, settings, modelSettings, onCrash, log }: ModelSideParts,
	cuda: CudaInstaller,
): LanguageModel {
	const fetcher = new ModelFetcher({
		modulePath: program(context, "download"),
		modelsDirectory: storageFolder(context, "models"),
		network: () => settings.network(),
		tokens: new AccessTokens(context.secrets),
		confirmDownload,
		log: scopedLog(log, "inference"),
	});
	return new LocalLanguageModel({
		modulePath: program(context, "inference"),
		promptCacheFolder: storageFolder(context, "states"),
		settings: modelSettings,
		obtainModel: (uri, hooks, signal) => fetcher.obtain(uri, hooks, signal),
		addedPackages: cuda.engineFolder,
		// A backend that failed because CUDA was missing may work with it.
		driverFingerprint: async () => `${await driverFingerprint()}\n${String(cuda.isInstalled)}`,
		loadedModels: new LoadedModels(storageFolder(context, "loaded")),
		confirmSecondCopy,
		clock: systemClock,
		onCrash,
		log: scopedLog(log, "inference"),
	});
}
