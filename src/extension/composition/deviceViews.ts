import os from "node:os";
import { env, ExtensionKind, type ExtensionContext } from "vscode";
import type { DisposableStore } from "../base/disposableStore";
import type { ChatStore } from "../chat/chatStore";
import { describeModelHome } from "../model/modelHome";
import { ModelStatusItem } from "../model/modelStatusItem";
import { DeviceReportView } from "../reports/deviceReportView";
import type { ModelServices } from "./modelServices";
import { versionsAround } from "./versionsAround";

/** Constructs the status bar item and the device report. Returns the report. */
export function createDeviceViews(
	owned: DisposableStore,
	context: ExtensionContext,
	store: ChatStore,
	{ languageModel, settings }: ModelServices,
): DeviceReportView {
	const versions = versionsAround(context);
	const home = (hostName: string | undefined): string =>
		describeModelHome({
			remoteName: env.remoteName,
			runsRemotely: context.extension.extensionKind === ExtensionKind.Workspace,
			hostName,
		});
	owned.own(new ModelStatusItem(store, env.remoteName === undefined ? "" : home(os.hostname())));
	return owned.own(
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
}
