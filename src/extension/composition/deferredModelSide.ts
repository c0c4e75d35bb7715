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

/** The model side of the extension before it is loaded. */
export interface DeferredModelSide {
	/** Loads the model side when a model is first needed. */
	readonly languageModel: LanguageModel;
	readonly load: () => Promise<ModelSide>;
}

/** Returns functions that load the model side of the extension once, when it is first needed. */
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
