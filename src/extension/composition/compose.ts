import { workspace, type ExtensionContext } from "vscode";
import type { ChatId } from "../../protocol/chat/ids";
import type { RunAction } from "../base/runAction";
import { attachmentsKeeper } from "../chat/attachmentsKeeper";
import { ChatAttachments } from "../chat/chatAttachments";
import { ChatSession } from "../chat/chatSession";
import { ChatStore, emptyChat } from "../chat/chatStore";
import { ShownChat } from "../chat/shownChat";
import { TitleWriter } from "../prompt/titleWriter";
import { composeContext } from "./composeContext";
import { composeDevice } from "./composeDevice";
import { createChatActions } from "../commands/chatActions";
import { systemClock } from "../base/clock";
import { createCommandHandlers } from "../commands/commandHandlers";
import type { CommandHandlers } from "../commands/commands";
import { deferModelSide } from "./deferredModelSide";
import { lastChat, loadLibrary } from "./composeChats";
import { CrashReportView } from "../reports/crashReportView";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import { CodeAttacher } from "../editor/codeAttacher";
import { diagramPages, diagramPageScheme } from "../editor/diagramPages";
import { EditorTracker, type ChatPlace } from "../editor/editorTracker";
import type { ComposedChat } from "./extensionApi";
import { program, storageFolder } from "./folders";
import type { LanguageModel } from "../inference/languageModel";
import { scopedLog, type Log } from "../base/log";
import { DownloadNotification } from "../model/downloadNotification";
import { ModelPages, modelPageScheme } from "../modelPicker/modelPages";
import { ModelFileWatch } from "../model/modelFileWatch";
import { RecentModels } from "../modelPicker/recentModels";
import { SettingsStore } from "../settings/settings";
import { pickChat } from "../commands/pickChat";
import { pickModel } from "../commands/pickModel";
import { tellFailedAnswer } from "../commands/tellFailedAnswer";
import { versionsAround } from "./versionsAround";
import { ChatPanel } from "../view/chatPanel";
import { ChatViewProvider } from "../view/chatViewProvider";
import { dispatchIntent, type ChatActions } from "../view/dispatchIntent";
import { unsentKeeper } from "../view/unsentKeeper";
import { waitAtMost } from "../base/waitAtMost";
import type { ChatViewParts } from "../view/chatWebview";

/** Everything that was put together, with one end. */
export interface Composition extends Disposable {
	readonly chat: ComposedChat;
	readonly commandHandlers: CommandHandlers;
	readonly view: ChatViewProvider;
	readonly panel: ChatPanel;
	/** Ends the process that runs the model; settles within `stopMs`. */
	stop(): Promise<void>;
}

export interface CompositionParts {
	readonly context: ExtensionContext;
	readonly log: Log;
	readonly run: RunAction;
	readonly showLog: () => void;
}

/** VS Code gives all extensions five seconds to end. */
const stopMs = 3_000;

/** The composition root: the one place that constructs the parts and ties them together. */
export function compose(
	{ context, log, run, showLog }: CompositionParts,
	createBackend?: () => LanguageModel,
): Composition {
	const owned = new DisposableStore();
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
	const languageModel = owned.own(createBackend?.() ?? modelSide.languageModel);
	const store = new ChatStore(emptyChat(languageModel.status, settings.chat));
	const chatLog = scopedLog(log, "chat");
	const attachments = new ChatAttachments(
		store,
		attachmentsKeeper(context.workspaceState, chatLog),
	);
	const shown = owned.own(
		new ShownChat({
			store,
			loadLibrary: () => loadLibrary(context, scopedLog(log, "storage")),
			lastChat: lastChat(context.workspaceState),
			folder: () => workspace.workspaceFolders?.[0]?.name ?? null,
		}),
	);
	const titles = owned.own(
		new TitleWriter({
			store,
			shown,
			languageModel,
			isReadAhead: () => modelContext.isReadAhead(),
			clock: systemClock,
			log: chatLog,
			askForTitle: async (question, signal) => {
				const { onDemand } = await import("./onDemand");
				return onDemand.askForTitle(languageModel, question, signal);
			},
		}),
	);
	const session = owned.own(
		new ChatSession({
			store,
			shown,
			attachments,
			languageModel,
			titles,
			onFailedUnseen: (failed) => void run(() => tellFailedAnswer(failed, openChat)),
			clock: systemClock,
			log: chatLog,
		}),
	);
	const modelContext = owned.own(
		composeContext({
			store,
			shown,
			attachments,
			languageModel,
			settings,
			clock: systemClock,
			log: chatLog,
		}),
	);
	const editors = owned.own(new EditorTracker());
	const modelPages = new ModelPages(async (path, signal) =>
		(await modelSide.load()).inspectModel(path, signal),
	);

	const attacher = owned.own(new CodeAttacher(store, attachments, editors));
	const viewParts: Omit<ChatViewParts, "unsent" | "onFocusMoved" | "onIntent"> = {
		extensionUri: context.extensionUri,
		store,
		onPage: () => {
			attachments.restore();
			modelFile.begin();
			void run(() => shown.start());
		},
		log: scopedLog(log, "view"),
	};
	const partsOf = (page: ChatPlace): ChatViewParts => ({
		...viewParts,
		unsent: unsentKeeper(page, context.workspaceState),
		onFocusMoved: (hasFocus) => {
			editors.focusMoved(page, hasFocus);
		},
		onIntent: (intent) =>
			void run(
				() => dispatchIntent(intent, actions),
				(sentence) => (page === "sideBar" ? view : panel).tell(sentence),
			),
	});
	const view: ChatViewProvider = owned.own(new ChatViewProvider(partsOf("sideBar")));
	const panel: ChatPanel = owned.own(new ChatPanel(partsOf("editor")));

	const device = owned.own(composeDevice({ context, store, languageModel, settings }));

	const forgetStates = async (): Promise<void> => {
		const { onDemand } = await import("./onDemand");
		await onDemand.clearPromptCache(storageFolder(context, "states"), scopedLog(log, "inference"));
	};
	const chooseModel = (): Promise<void> =>
		pickModel({
			context,
			settings,
			recentModels,
			languageModel,
			pages: modelPages,
			withHub: async (work) => (await modelSide.load()).withHub(work),
			log,
		});
	const showHistory = (): Promise<void> =>
		pickChat({
			context,
			shown,
			session,
			openChat,
			newChat: () => actions.newChat(),
			forgetStates,
			log: chatLog,
			run,
		});
	const showChat = async (): Promise<void> => {
		if (panel.isVisible) {
			panel.show();
		} else {
			await view.show();
		}
	};
	const openChat = async (id: ChatId): Promise<boolean> => {
		const isThere = await shown.show(id);
		await showChat();
		return isThere;
	};
	const actions: ChatActions = createChatActions({
		session,
		shown,
		attachments,
		attacher,
		editors,
		settings,
		contextActions: modelContext.actions,
		showChat,
		selectModel: chooseModel,
		showHistory,
		forgetStates,
		showLog,
		showCrashReport: (reportId) => crashReports.show(reportId),
	});

	const downloadNotification = owned.own(
		new DownloadNotification(() => {
			session.stop();
		}),
	);
	owned.own(
		languageModel.onDidChangeStatus((model) => {
			store.publish({ type: "modelChanged", model });
			downloadNotification.update(model);
		}),
	);
	const modelFile = owned.own(
		new ModelFileWatch({
			languageModel,
			whyNoModel: async (path) => (await import("./onDemand")).onDemand.whyNoModel(path),
			onFailed: (model) => {
				store.publish({ type: "modelChanged", model });
			},
		}),
	);
	owned.own(
		settings.onDidChange((changed) => {
			store.publish({ type: "settingsChanged", settings: settings.chat });
			if (changed.length > 0) {
				languageModel.settingsChanged();
			}
		}),
	);
	owned.own(workspace.registerTextDocumentContentProvider(modelPageScheme, modelPages));
	owned.own(workspace.registerTextDocumentContentProvider(diagramPageScheme, diagramPages));

	return {
		chat: {
			store,
			session,
			shown,
			attachments,
			languageModel,
			actions,
			liveViews: () => ({ sideBar: view.isLive, editor: panel.isLive }),
		},
		commandHandlers: createCommandHandlers({
			actions,
			store,
			shown,
			languageModel,
			loadModelSide: modelSide.load,
			panel,
			deviceReport: device.report,
			crashReports,
			imports: { modulePath: program(context, "import"), log: scopedLog(log, "import") },
		}),
		view,
		panel,
		stop: () => {
			session.dispose();
			return waitAtMost(stopMs, Promise.all([shown.flush(), languageModel.unload()]));
		},
		dispose: () => {
			owned.dispose();
		},
	};
}
