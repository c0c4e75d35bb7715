import type { ExtensionContext } from "vscode";
import type { ChatId } from "../../protocol/chat/ids";
import type { RunAction } from "../base/runAction";
import type { ChatSession } from "../chat/chatSession";
import type { ShownChat } from "../chat/shownChat";
import { systemClock } from "../base/clock";
import { storageFolder } from "../composition/folders";
import type { Log } from "../base/log";

export interface PickChatParts {
	readonly context: ExtensionContext;
	readonly shown: ShownChat;
	readonly session: ChatSession;
	/** Shows a chat; returns `false` if it does not exist. */
	readonly openChat: (id: ChatId) => Promise<boolean>;
	readonly newChat: () => Promise<void> | void;
	/** Deletes every cached prompt. */
	readonly clearPromptCache: () => Promise<void>;
	readonly log: Log;
	readonly run: RunAction;
}

/** Lets the user choose among the chats on this machine, and rename or delete them. */
export async function pickChat(parts: PickChatParts): Promise<void> {
	const { context, shown, session, openChat, newChat, clearPromptCache, log, run } = parts;
	const { onDemand } = await import("../composition/onDemand");
	await onDemand.showHistory({
		library: await shown.library(),
		folder: storageFolder(context, "chats"),
		shownId: () => shown.chat?.conversation.id,
		show: openChat,
		newChat,
		letGo: async (id) => {
			await session.letGo(id);
			await clearPromptCache();
		},
		refreshShown: () => {
			if (shown.chat) {
				shown.refresh(shown.chat);
			}
		},
		clock: systemClock,
		log,
		run,
	});
}
