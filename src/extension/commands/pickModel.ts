import type { ExtensionContext } from "vscode";
import { storageFolder } from "../composition/folders";
import type { LanguageModel } from "../inference/languageModel";
import { scopedLog, type Log } from "../base/log";
import type { ModelPages } from "../modelPicker/modelPages";
import { homeFolder } from "../base/homeFolder";
import type { FirstSteps } from "./firstSteps";
import { modelUse } from "../modelPicker/modelUse";
import type { ModelSelectionParts } from "../modelPicker/modelSelection";
import type { RecentModels } from "../modelPicker/recentModels";
import type { SettingsStore } from "../settings/settings";

export interface PickModelParts {
	readonly context: ExtensionContext;
	readonly settings: SettingsStore;
	readonly recentModels: RecentModels;
	readonly languageModel: LanguageModel;
	readonly pages: ModelPages;
	readonly firstSteps: FirstSteps;
	/** Runs `work` with a hub that can be searched. */
	readonly withHub: ModelSelectionParts["withHub"];
	readonly log: Log;
}

/** Lets the user choose a local or downloadable model, and saves the choice. */
export async function pickModel(parts: PickModelParts): Promise<void> {
	const { context, settings, recentModels, languageModel, pages, firstSteps, log } = parts;
	const { onDemand } = await import("../composition/onDemand");
	const chosen = await onDemand.selectModel({
		settings: () => settings.current,
		status: () => languageModel.status,
		recent: recentModels,
		search: (onFound, signal) =>
			onDemand.findLocalModels(
				{
					surroundings: { env: process.env, home: homeFolder(), platform: process.platform },
					ownFolder: storageFolder(context, "models"),
					onFound,
					log: scopedLog(log, "models"),
				},
				signal,
			),
		reportDevices: (signal) => languageModel.reportDevices(signal),
		pages,
		withHub: parts.withHub,
		use: modelUse(languageModel, () => settings.current.model),
	});
	if (chosen) {
		// The name comes first, because the language model asks for it as soon as the setting changes.
		await recentModels.add(chosen.model, chosen.name ?? recentModels.nameOf(chosen.model));
		await settings.saveModel(chosen.model);
		await firstSteps.complete("chooseModel");
	}
}
