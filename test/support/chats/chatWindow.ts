import {
	ChatAttachments,
	type AttachmentsKeeper,
} from "../../../src/extension/chat/chatAttachments";
import { ChatSession } from "../../../src/extension/chat/chatSession";
import type { FailedAnswer } from "../../../src/extension/chat/failedAnswer";
import { ChatStore, emptyChat } from "../../../src/extension/chat/chatStore";
import { PromptPreloader } from "../../../src/extension/prompt/promptPreloader";
import { ShownChat } from "../../../src/extension/chat/shownChat";
import { askForTitle } from "../../../src/extension/prompt/askForTitle";
import { TitleWriter } from "../../../src/extension/prompt/titleWriter";
import type { Clock } from "../../../src/extension/base/clock";
import type { ChatLibrary } from "../../../src/extension/conversation/chatLibrary";
import type { LanguageModel } from "../../../src/extension/inference/languageModel";
import type { Log } from "../../../src/extension/base/log";
import type { SettingsState } from "../../../src/protocol/chat/chat";
import type { ChatId } from "../../../src/protocol/chat/ids";

export interface ChatWindowParts {
	readonly languageModel: LanguageModel;
	readonly library: ChatLibrary;
	readonly settings: SettingsState;
	readonly clock: Clock;
	readonly log: Log;
	/** The chat that the window showed before its reload. */
	readonly lastChatId?: ChatId | undefined;
	/** Keeps the code that is attached in the message box; by default, nothing keeps it. */
	readonly attachmentsKeeper?: AttachmentsKeeper | undefined;
}

/** The services of one window around its chats, connected as the extension connects them. */
export class ChatWindow {
	readonly store: ChatStore;
	readonly attachments: ChatAttachments;
	readonly shown: ShownChat;
	readonly session: ChatSession;
	readonly readAhead: PromptPreloader;
	/** The preload setting. */
	readsAhead = true;
	/** Failed answers in chats that were not shown. */
	readonly failedUnseen: FailedAnswer[] = [];
	/** The chat that a reload of the window shows. */
	lastChatId: ChatId | undefined;

	private constructor(parts: ChatWindowParts) {
		const { languageModel, library, settings, clock, log } = parts;
		this.lastChatId = parts.lastChatId;
		this.store = new ChatStore(emptyChat(languageModel.status, settings));
		this.attachments = new ChatAttachments(
			this.store,
			parts.attachmentsKeeper ?? { get: () => [], set: () => undefined },
		);
		const { store, attachments } = this;
		this.shown = new ShownChat({
			store,
			loadLibrary: () => Promise.resolve(library),
			lastChat: {
				get: () => this.lastChatId,
				set: (id) => {
					this.lastChatId = id;
				},
			},
			folder: () => "project",
		});
		const { shown } = this;
		const titles = new TitleWriter({
			store,
			shown,
			languageModel,
			isPreloading: () => this.readAhead.isPreloading,
			clock,
			log,
			askForTitle: (question, signal) => askForTitle(languageModel, question, signal),
		});
		this.session = new ChatSession({
			store,
			attachments,
			languageModel,
			shown,
			titles,
			onFailedUnseen: (failed) => this.failedUnseen.push(failed),
			clock,
			log,
		});
		this.readAhead = new PromptPreloader({
			store,
			shown,
			attachments,
			languageModel,
			isWanted: () => this.readsAhead,
			clock,
			log,
		});
	}

	static async open(parts: ChatWindowParts): Promise<ChatWindow> {
		const window = new ChatWindow(parts);
		window.attachments.restore();
		await window.shown.start();
		return window;
	}
}
