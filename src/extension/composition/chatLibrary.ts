import type { ExtensionContext, Memento } from "vscode";
import type { LastChat } from "../chat/shownChat";
import { systemClock } from "../base/clock";
import type { ChatLibrary } from "../conversation/chatLibrary";
import { storageFolder } from "./folders";
import type { Log } from "../base/log";

const lastChatKey = "lastChat";

/** Loads the library of chats on disk. */
export async function loadLibrary(context: ExtensionContext, log: Log): Promise<ChatLibrary> {
	const { openChatLibrary } = await import("../storage/openChatLibrary");
	return openChatLibrary({
		folder: storageFolder(context, "chats"),
		clock: systemClock,
		log,
	});
}

/** Remembers in the workspace which chat a window shows, so that a reload or restart shows it again. */
export function lastChat(state: Memento): LastChat {
	return {
		get: () => state.get<string>(lastChatKey),
		set: (id) => void state.update(lastChatKey, id),
	};
}
