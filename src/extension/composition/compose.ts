import { workspace } from "vscode";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import { scopedLog } from "../base/log";
import { waitAtMost } from "../base/waitAtMost";
import { createCommandHandlers } from "../commands/commandHandlers";
import { FirstSteps } from "../commands/firstSteps";
import type { CommandHandlers } from "../commands/commands";
import { tellFailedAnswer } from "../commands/tellFailedAnswer";
import { diagramPages, diagramPageScheme } from "../editor/diagramPages";
import type { LanguageModel } from "../inference/languageModel";
import { DownloadNotification } from "../model/downloadNotification";
import { ModelFileWatch } from "../model/modelFileWatch";
import { ModelPages, modelPageScheme } from "../modelPicker/modelPages";
import type { ChatPanel } from "../view/chatPanel";
import type { ChatViewProvider } from "../view/chatViewProvider";
import { createActions } from "./actions";
import { createChatServices, type ChatServices } from "./chatServices";
import { createChatViews } from "./chatViews";
import type { CompositionParts } from "./compositionParts";
import { createDeviceViews } from "./deviceViews";
import type { ComposedChat } from "./extensionApi";
import { program } from "./folders";
import { createModelServices, type ModelServices } from "./modelServices";

/** All parts of the running extension, disposed of together. */
export interface Composition extends Disposable {
	readonly chat: ComposedChat;
	readonly commandHandlers: CommandHandlers;
	readonly view: ChatViewProvider;
	readonly panel: ChatPanel;
	/** Stops the inference process; settles within `stopMs`. */
	stop(): Promise<void>;
}

/** VS Code gives all extensions five seconds to shut down. */
const stopMs = 3_000;

/**
 * Constructs every service in order of dependency, and connects them.
 *
 * @param createLanguageModel creates a different language model, for tests
 */
// eslint-disable-next-line max-lines-per-function -- it lists all parts
export function compose(
	parts: CompositionParts,
	createLanguageModel?: () => LanguageModel,
): Composition {
	const { context, log, run } = parts;
	const owned = new DisposableStore();
	const model = createModelServices(owned, parts, createLanguageModel);
	const { languageModel, crashReports, loadModelSide } = model;
	const chat = createChatServices(owned, parts, model);
	const { store, session, shown, attachments } = chat;
	const modelFile = followModel(owned, model, chat);
	const views = createChatViews(owned, parts, chat, () => {
		attachments.restore();
		modelFile.begin();
		void run(() => shown.start());
	});
	const { view, panel } = views;
	const modelPages = new ModelPages(async (path, signal) =>
		(await loadModelSide()).inspectModel(path, signal),
	);
	owned.own(workspace.registerTextDocumentContentProvider(modelPageScheme, modelPages));
	owned.own(workspace.registerTextDocumentContentProvider(diagramPageScheme, diagramPages));
	const deviceReport = createDeviceViews(owned, context, store, model);
	const firstSteps = new FirstSteps(context.globalState);
	const { perform, openChat } = createActions(owned, parts, {
		model,
		chat,
		views,
		modelPages,
		firstSteps,
	});
	owned.own(
		views.onDidReceiveIntent(({ intent, report }) => void run(() => perform(intent), report)),
	);
	owned.own(chat.onDidFailUnseen((failed) => void run(() => tellFailedAnswer(failed, openChat))));
	return {
		chat: {
			store,
			session,
			shown,
			attachments,
			languageModel,
			perform,
			liveViews: () => ({ sideBar: view.isLive, editor: panel.isLive }),
		},
		commandHandlers: createCommandHandlers({
			perform,
			store,
			shown,
			languageModel,
			loadModelSide,
			panel,
			deviceReport,
			crashReports,
			firstSteps,
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

/** Publishes changes of the model and the settings. Returns the watcher of the model's file. */
function followModel(
	owned: DisposableStore,
	{ languageModel, settings }: ModelServices,
	{ store, session }: ChatServices,
): ModelFileWatch {
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
	owned.own(
		settings.onDidChange((changed) => {
			store.publish({ type: "settingsChanged", settings: settings.chat });
			if (changed.length > 0) {
				languageModel.settingsChanged();
			}
		}),
	);
	return owned.own(
		new ModelFileWatch({
			languageModel,
			whyNoModel: async (path) => (await import("./onDemand")).onDemand.whyNoModel(path),
			onFailed: (model) => {
				store.publish({ type: "modelChanged", model });
			},
		}),
	);
}
