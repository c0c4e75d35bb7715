import type { ChatLibrary } from "../conversation/chatLibrary";
import type { Conversation } from "../conversation/conversation";
import { exportAllChats, exportChat } from "./exportChats";
import { importChats } from "./importChats";
import { vsCodeDialogs } from "./vsCodeDialogs";

/** The commands that write conversations into files and read them from files, as VS Code carries them out. */
export const exchangeCommands = {
	exportChat: (conversation: Conversation) => exportChat(conversation, vsCodeDialogs, Date.now()),
	exportAllChats: (library: ChatLibrary) => exportAllChats(library, vsCodeDialogs, Date.now()),
	importChats: (library: ChatLibrary, showHistory: () => Promise<void> | void) =>
		importChats({ library, showHistory, dialogs: vsCodeDialogs, nowMs: () => Date.now() }),
};
