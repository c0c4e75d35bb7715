import { workspace } from "vscode";
import { systemClock } from "../base/clock";
import type { DisposableStore } from "../base/disposableStore";
import { Emitter } from "../base/emitter";
import { scopedLog } from "../base/log";
import { attachmentsKeeper } from "../chat/attachmentsKeeper";
import { ChatAttachments } from "../chat/chatAttachments";
import { ChatSession } from "../chat/chatSession";
import { ChatStore, emptyChat } from "../chat/chatStore";
import type { FailedAnswer } from "../chat/failedAnswer";
import { ShownChat } from "../chat/shownChat";
import { ContextMeter } from "../prompt/contextMeter";
import { PromptPreloader } from "../prompt/promptPreloader";
import { TitleWriter } from "../prompt/titleWriter";
import { lastChat, loadLibrary } from "./chatLibrary";
import type { ModelServices } from "./modelServices";
import type { CompositionParts } from "./compositionParts";

/** The chat without its views: the shown chat, sending, and the prompt. */
export interface ChatServices {
	readonly store: ChatStore;
	readonly attachments: ChatAttachments;
	readonly shown: ShownChat;
	readonly meter: ContextMeter;
	readonly preloader: PromptPreloader;
	readonly session: ChatSession;
	/** Fires when an answer fails in a chat that is not shown. */
	readonly onDidFailUnseen: Emitter<FailedAnswer>["event"];
}

/** Constructs the chat around a language model. */
export function createChatServices(
	owned: DisposableStore,
	{ context, log }: CompositionParts,
	{ settings, languageModel }: ModelServices,
): ChatServices {
	const chatLog = scopedLog(log, "chat");
	const store = new ChatStore(emptyChat(languageModel.status, settings.chat));
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
	const parts = { store, shown, attachments, languageModel, clock: systemClock, log: chatLog };
	const meter = owned.own(new ContextMeter(parts));
	const preloader = owned.own(
		new PromptPreloader({ ...parts, isWanted: () => settings.current.preload }),
	);
	const titles = owned.own(
		new TitleWriter({
			...parts,
			isPreloading: () => preloader.isPreloading,
			askForTitle: async (question, signal) => {
				const { onDemand } = await import("./onDemand");
				return onDemand.askForTitle(languageModel, question, signal);
			},
		}),
	);
	const failedUnseen = new Emitter<FailedAnswer>();
	const session = owned.own(
		new ChatSession({
			...parts,
			titles,
			onFailedUnseen: (failed) => {
				failedUnseen.fire(failed);
			},
		}),
	);
	return {
		store,
		attachments,
		shown,
		meter,
		preloader,
		session,
		onDidFailUnseen: failedUnseen.event,
	};
}
