import type { ChatLibrary } from "../conversation/chatLibrary";
import type { Conversation } from "../conversation/conversation";
import { exportAllChats, exportChat } from "./exportChats";
import type { Log } from "../base/log";
import { importChats } from "./importChats";
import { ImportProcess } from "./importReader";
import { vsCodeDialogs } from "./vsCodeDialogs";

export interface ImportCommandParts {
	readonly library: ChatLibrary;
	/** Of the bundle that reads files. */
	readonly modulePath: string;
	readonly log: Log;
	readonly showHistory: () => Promise<void> | void;
}

/** The commands that write conversations into files and read them from files, as VS Code carries them out. */
export const exchangeCommands = {
	exportChat: (conversation: Conversation) => exportChat(conversation, vsCodeDialogs, Date.now()),
	exportAllChats: (library: ChatLibrary) => exportAllChats(library, vsCodeDialogs, Date.now()),
	importChats: ({ library, modulePath, log, showHistory }: ImportCommandParts) =>
		importChats({
			library,
			showHistory,
			createReader: () => new ImportProcess(modulePath, log),
			dialogs: vsCodeDialogs,
			nowMs: () => Date.now(),
		}),
};
