import os from "node:os";
import {
	commands,
	env,
	ExtensionKind,
	Uri,
	version,
	window,
	workspace,
	type ExtensionContext,
	type LogOutputChannel,
} from "vscode";
import { createActionRunner } from "./actionRunner";
import { ChatAttachments } from "./chat/chatAttachments";
import { ChatSession } from "./chat/chatSession";
import { ChatStore, emptyChat } from "./chat/chatStore";
import { createChatActions, openVsCodeSettings } from "./chatActions";
import { systemClock } from "./clock";
import { registerCommands } from "./commands";
import {
	createCudaInstaller,
	createLocalBackend,
	modelsFolder,
	program,
	type CreateBackend,
} from "./composeBackend";
import { CrashReportView } from "./crash/crashReportView";
import { DeviceReportView } from "./device/deviceReportView";
import { describeModelHome } from "./device/modelHome";
import { ModelStatusItem } from "./device/modelStatusItem";
import { showModelActions } from "./device/showModelActions";
import { DisposableStore, type Disposable } from "./disposableStore";
import { EditorTracker } from "./editor/editorTracker";
import type { ComposedChat } from "./extensionApi";
import { inspectModel } from "./inference/inspectModel";
import { scopedLog } from "./log";
import { DownloadNotification } from "./model/downloadNotification";
import { ModelPages, modelPageScheme } from "./model/modelPages";
import { modelUse } from "./model/modelUse";
import { RecentModels } from "./model/recentModels";
import { SettingsStore } from "./settings";
import { ChatPanel, chatPanelType } from "./view/chatPanel";
import { ChatViewProvider, chatViewId } from "./view/chatViewProvider";
import { dispatchIntent, type ChatActions } from "./view/dispatchIntent";
import { waitAtMost } from "./waitAtMost";
import type { ChatViewParts } from "./view/chatWebview";

/** Everything that was put together, with one end. */
export interface Composition extends Disposable {
	readonly chat: ComposedChat;
	/** Ends the process that runs the model; settles within `stopMs`. */
	stop(): Promise<void>;
}

/** VS Code gives all extensions five seconds to end. */
const stopMs = 3_000;

/** The composition root: the one place that constructs the parts and ties them together. */
export function compose(
	context: ExtensionContext,
	output: LogOutputChannel,
	createBackend: CreateBackend = createLocalBackend,
): Composition {
	const owned = new DisposableStore();
	const showLog = (): void => {
		output.show();
	};
	const run = createActionRunner(output, showLog);

	const settings = owned.own(new SettingsStore());
	const recentModels = new RecentModels(context.globalState);
	const inferenceLog = scopedLog(output, "inference");
	const cuda = createCudaInstaller(context, settings, scopedLog(output, "cuda"));
	const { version: extensionVersion } = context.extension.packageJSON as {
		readonly version: string;
	};
	const system = `${process.platform} ${process.arch}`;
	const crashReports = owned.own(
		new CrashReportView({
			folder: Uri.joinPath(context.globalStorageUri, "crashReports").fsPath,
			surroundings: { extension: extensionVersion, vsCode: version, system },
			log: inferenceLog,
		}),
	);
	const onCrash = crashReports.keep;
	const backend = owned.own(
		createBackend({ context, settings, recentModels, cuda, onCrash, log: inferenceLog }),
	);
	const store = new ChatStore(emptyChat(backend.status, settings.chat));
	const attachments = new ChatAttachments(store);
	const session = owned.own(
		new ChatSession({
			store,
			attachments,
			backend,
			clock: systemClock,
			log: scopedLog(output, "chat"),
		}),
	);
	const editors = owned.own(new EditorTracker());
	const modelPages = new ModelPages((path, signal) =>
		inspectModel(program(context, "inference"), path, inferenceLog, signal),
	);

	const viewParts: ChatViewParts = {
		extensionUri: context.extensionUri,
		store,
		onIntent: (intent) => void run(() => dispatchIntent(intent, actions)),
		log: scopedLog(output, "view"),
	};
	const view = owned.own(new ChatViewProvider(viewParts));
	const panel = owned.own(new ChatPanel(viewParts));

	const home = (hostName: string | undefined): string =>
		describeModelHome({
			remoteName: env.remoteName,
			runsRemotely: context.extension.extensionKind === ExtensionKind.Workspace,
			hostName,
		});
	owned.own(new ModelStatusItem(store, home(os.hostname())));
	const deviceReport = owned.own(
		new DeviceReportView({
			backend,
			surroundings: (part) => ({
				home: home(part === "whole" ? os.hostname() : undefined),
				system,
				settings: settings.current,
				extensionVersion,
				vsCodeVersion: version,
			}),
		}),
	);

	const chooseModel = async (): Promise<void> => {
		const { findLocalModels, selectModel } = await import("./onDemand");
		const chosen = await selectModel({
			settings: () => settings.current,
			recent: recentModels,
			search: (onFound, signal) =>
				findLocalModels(
					{
						surroundings: { env: process.env, home: os.homedir(), platform: process.platform },
						ownFolder: modelsFolder(context),
						onFound,
						log: scopedLog(output, "models"),
					},
					signal,
				),
			reportDevices: (signal) => backend.reportDevices(signal),
			pages: modelPages,
			use: modelUse(backend, () => settings.current.model),
		});
		if (chosen) {
			// The name first: the backend asks for it as soon as the setting changes.
			await recentModels.add(chosen.model, chosen.name ?? recentModels.nameOf(chosen.model));
			await settings.saveModel(chosen.model);
		}
	};
	const actions: ChatActions = createChatActions({
		session,
		attachments,
		editors,
		settings,
		showChat: () => {
			if (panel.isVisible) {
				panel.show();
				return;
			}
			return view.show();
		},
		selectModel: chooseModel,
		showLog,
		showCrashReport: (reportId) => crashReports.show(reportId),
	});

	const downloadNotification = owned.own(
		new DownloadNotification(() => {
			session.stop();
		}),
	);
	owned.own(
		backend.onDidChangeStatus((model) => {
			store.publish({ type: "modelChanged", model });
			downloadNotification.update(model);
		}),
	);
	owned.own(
		settings.onDidChange((changed) => {
			store.publish({ type: "settingsChanged", settings: settings.chat });
			if (changed.length > 0) {
				backend.settingsChanged();
			}
		}),
	);
	owned.own(window.registerWebviewViewProvider(chatViewId, view));
	owned.own(workspace.registerTextDocumentContentProvider(modelPageScheme, modelPages));
	owned.own(window.registerWebviewPanelSerializer(chatPanelType, panel));
	for (const registration of registerCommands(
		(id, handler) => commands.registerCommand(id, handler),
		{
			"localLlm.openChat": () => view.show(),
			"localLlm.openChatInEditor": () => {
				panel.show();
			},
			"localLlm.sendSelection": actions.attachSelection,
			"localLlm.clearChat": actions.clear,
			"localLlm.stop": actions.stop,
			"localLlm.openSettings": openVsCodeSettings,
			"localLlm.selectModel": chooseModel,
			"localLlm.unloadModel": () => backend.unload(),
			"localLlm.showModelActions": () => showModelActions(store.state),
			"localLlm.showDeviceReport": () => deviceReport.show(),
			"localLlm.copyDeviceReport": () => deviceReport.copy(),
			"localLlm.installCuda": async () => {
				const { installCuda } = await import("./onDemand");
				if (await installCuda(cuda)) {
					// The next message loads the model anew, with what there is now.
					await backend.unload();
					await deviceReport.show();
				}
			},
			"localLlm.showCrashReport": () => crashReports.show(),
			"localLlm.showLog": showLog,
		},
		run,
	)) {
		owned.own(registration);
	}

	return {
		chat: {
			store,
			session,
			attachments,
			backend,
			actions,
			liveViews: () => ({ sideBar: view.isLive, editor: panel.isLive }),
		},
		stop: () => waitAtMost(stopMs, backend.unload()),
		dispose: () => {
			owned.dispose();
		},
	};
}
