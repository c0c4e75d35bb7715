import type { ExtensionContext } from "vscode";
import type { ModelSide } from "./modelSide";
import type { LanguageModel } from "../inference/languageModel";
import type { OnCrash } from "../inference/restart/crashRecorder";
import { DeferredLanguageModel } from "../inference/deferredLanguageModel";
import type { LocalModelSettings } from "../inference/modelSettings";
import type { Log } from "../base/log";
import type { RecentModels } from "../modelPicker/recentModels";
import type { SettingsStore } from "../settings/settings";

export interface DeferredModelSideParts {
	readonly context: ExtensionContext;
	readonly settings: SettingsStore;
	readonly recentModels: RecentModels;
	readonly onCrash: OnCrash;
	readonly log: Log;
}

/** What runs models, before it is loaded. */
export interface DeferredModelSide {
	/** Loads the rest with the first need of a model. */
	readonly languageModel: LanguageModel;
	readonly load: () => Promise<ModelSide>;
}

/** Puts together what loads the model's side of the extension when it is needed, once. */
export function deferModelSide(parts: DeferredModelSideParts): DeferredModelSide {
	const { context, settings, recentModels, onCrash, log } = parts;
	const modelSettings = (): LocalModelSettings => {
		const { model, contextSize: contextTokens, ...rest } = settings.current;
		const { gpu, gpuLayers, threads, unloadAfterMinutes, stateCacheMegabytes } = rest;
		const name = recentModels.nameOf(model);
		return {
			model,
			name,
			contextTokens,
			gpu,
			gpuLayers,
			threads,
			unloadAfterMinutes,
			stateCacheMegabytes,
		};
	};
	let loading: Promise<ModelSide> | undefined;
	const load = (): Promise<ModelSide> => {
		loading ??= import("./modelSide").then(({ createModelSide }) =>
			createModelSide({ context, settings, modelSettings, onCrash, log }),
		);
		return loading;
	};
	return {
		languageModel: new DeferredLanguageModel({
			settings: modelSettings,
			load: async () => (await load()).languageModel,
		}),
		load,
	};
}
