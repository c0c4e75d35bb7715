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
 * What runs models and fetches them. It is a bundle of its own, loaded with the first need of it (docs/adr/0015), so
 * what it throws is not of the classes that the rest of the extension knows.
 */

export interface ModelSideParts {
	readonly context: ExtensionContext;
	readonly settings: SettingsStore;
	readonly modelSettings: () => LocalModelSettings;
	readonly onCrash: OnCrash;
	readonly log: Log;
}

/** What runs models on this machine, and what belongs to it. */
export interface ModelSide {
	readonly languageModel: LanguageModel;
	/** Adds CUDA to the engine. */
	readonly cuda: CudaInstaller;
	/** Reads what a model's files say of it. */
	readonly inspectModel: (path: string, signal: AbortSignal) => Promise<ModelDetails | undefined>;
	/** Does work with a hub of models that can be searched. */
	readonly withHub: <R>(work: (hub: HubSession) => Promise<R>) => Promise<R | undefined>;
}

/** Puts all of it together. */
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
		// What failed for want of CUDA may work with it.
		driverFingerprint: async () => `${await driverFingerprint()}\n${String(cuda.isInstalled)}`,
		loadedModels: new LoadedModels(storageFolder(context, "loaded")),
		confirmSecondCopy,
		clock: systemClock,
		onCrash,
		log: scopedLog(log, "inference"),
	});
}
