import type { ChatId } from "../../protocol/chat/ids";
import { scopedLog } from "../base/log";
import type { DisposableStore } from "../base/disposableStore";
import { createContextActions } from "../commands/contextActions";
import type { FirstSteps } from "../commands/firstSteps";
import { createIntentHandlers } from "../commands/intentHandlers";
import { pickChat } from "../commands/pickChat";
import { pickModel } from "../commands/pickModel";
import { CodeAttacher } from "../editor/codeAttacher";
import type { ModelPages } from "../modelPicker/modelPages";
import { performIntent, type IntentHandlers } from "../view/performIntent";
import type { UserIntent } from "../view/viewChannel";
import type { ChatServices } from "./chatServices";
import type { ChatViews } from "./chatViews";
import type { CompositionParts } from "./compositionParts";
import { storageFolder } from "./folders";
import type { ModelServices } from "./modelServices";

export interface ActionServices {
	readonly model: ModelServices;
	readonly chat: ChatServices;
	readonly views: ChatViews;
	readonly modelPages: ModelPages;
	readonly firstSteps: FirstSteps;
}

/** The actions that users can perform in the chat. */
export interface ComposedActions {
	/** Performs an intent. */
	readonly perform: (intent: UserIntent) => Promise<void>;
	/** Shows a chat from the history. Returns `false` if it no longer exists. */
	readonly openChat: (id: ChatId) => Promise<boolean>;
}

/** Connects each intent to the service that performs it. */
export function createActions(
	owned: DisposableStore,
	{ context, log, run, showLog }: CompositionParts,
	{ model, chat, views, modelPages, firstSteps }: ActionServices,
): ComposedActions {
	const { settings, recentModels, languageModel, loadModelSide, crashReports } = model;
	const { shown, session, attachments } = chat;
	const openChat = async (id: ChatId): Promise<boolean> => {
		const exists = await shown.show(id);
		await views.showChat();
		return exists;
	};
	const clearPromptCache = async (): Promise<void> => {
		const { onDemand } = await import("./onDemand");
		await onDemand.clearPromptCache(storageFolder(context, "states"), scopedLog(log, "inference"));
	};
	const handlers: IntentHandlers = createIntentHandlers({
		session,
		shown,
		attachments,
		attacher: owned.own(new CodeAttacher(chat.store, attachments, views.editors)),
		editors: views.editors,
		settings,
		contextActions: createContextActions({ ...chat, languageModel, settings }),
		showChat: views.showChat,
		selectModel: () =>
			pickModel({
				context,
				settings,
				recentModels,
				languageModel,
				pages: modelPages,
				firstSteps,
				withHub: async (work) => (await loadModelSide()).withHub(work),
				log,
			}),
		showHistory: () =>
			pickChat({
				context,
				shown,
				session,
				openChat,
				newChat: () => handlers.newChat({ type: "newChat" }),
				clearPromptCache,
				log: scopedLog(log, "chat"),
				run,
			}),
		clearPromptCache,
		showLog,
		showCrashReport: (reportId) => crashReports.show(reportId),
	});
	return {
		perform: async (intent) => {
			await performIntent(handlers, intent);
			await firstSteps.completeStepOf(intent);
		},
		openChat,
	};
}
