import os from "node:os";
import { env, ExtensionKind, type ExtensionContext } from "vscode";
import type { ChatStore } from "../chat/chatStore";
import { DeviceReportView } from "../reports/deviceReportView";
import { describeModelHome } from "../model/modelHome";
import { ModelStatusItem } from "../model/modelStatusItem";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { LanguageModel } from "../inference/languageModel";
import type { SettingsStore } from "../settings/settings";
import { versionsAround } from "./versionsAround";

export interface DeviceParts {
	readonly context: ExtensionContext;
	readonly store: ChatStore;
	readonly languageModel: LanguageModel;
	readonly settings: SettingsStore;
}

/** Puts together what shows on what the model runs: the item of the status bar, and the report. */
export function composeDevice(parts: DeviceParts): Disposable & {
	readonly report: DeviceReportView;
} {
	const { context, store, languageModel, settings } = parts;
	const versions = versionsAround(context);
	const owned = new DisposableStore();
	const home = (hostName: string | undefined): string =>
		describeModelHome({
			remoteName: env.remoteName,
			runsRemotely: context.extension.extensionKind === ExtensionKind.Workspace,
			hostName,
		});
	owned.own(new ModelStatusItem(store, home(os.hostname())));
	const report = owned.own(
		new DeviceReportView({
			languageModel,
			surroundings: (part) => ({
				home: home(part === "whole" ? os.hostname() : undefined),
				system: versions.system,
				settings: settings.current,
				extensionVersion: versions.extension,
				vsCodeVersion: versions.vsCode,
			}),
		}),
	);
	return {
		report,
		dispose: () => {
			owned.dispose();
		},
	};
}
