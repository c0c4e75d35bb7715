import type { DisposableStore } from "../base/disposableStore";
import { scopedLog } from "../base/log";
import type { LanguageModel } from "../inference/languageModel";
import { RecentModels } from "../modelPicker/recentModels";
import { CrashReportView } from "../reports/crashReportView";
import { SettingsStore } from "../settings/settings";
import { deferModelSide, type DeferredModelSide } from "./deferredModelSide";
import { storageFolder } from "./folders";
import { versionsAround } from "./versionsAround";
import type { CompositionParts } from "./compositionParts";

/** The language model, and the services that it depends on. */
export interface ModelServices {
	readonly settings: SettingsStore;
	readonly recentModels: RecentModels;
	readonly crashReports: CrashReportView;
	readonly languageModel: LanguageModel;
	readonly loadModelSide: DeferredModelSide["load"];
}

/**
 * Constructs the language model without loading anything for it.
 *
 * @param createLanguageModel creates a different language model, for tests
 */
export function createModelServices(
	owned: DisposableStore,
	{ context, log }: CompositionParts,
	createLanguageModel?: () => LanguageModel,
): ModelServices {
	const settings = owned.own(new SettingsStore());
	const recentModels = new RecentModels(context.globalState);
	const crashReports = owned.own(
		new CrashReportView({
			folder: storageFolder(context, "crashReports"),
			surroundings: versionsAround(context),
			log: scopedLog(log, "inference"),
		}),
	);
	const onCrash = crashReports.keep;
	const modelSide = deferModelSide({ context, settings, recentModels, onCrash, log });
	const languageModel = owned.own(createLanguageModel?.() ?? modelSide.languageModel);
	return { settings, recentModels, crashReports, languageModel, loadModelSide: modelSide.load };
}
