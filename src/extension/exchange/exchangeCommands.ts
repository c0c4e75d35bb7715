import type { ChatLibrary } from "../conversation/chatLibrary";
import type { Conversation } from "../conversation/conversation";
import { exportAllChats, exportChat } from "./exportChats";
import type { Log } from "../base/log";
import { importChats } from "./importChats";
import { ImportProcess } from "./importReader";
import { vsCodeDialogs } from "./vsCodeDialogs";

export interface ImportCommandParts {
	readonly library: ChatLibrary;
	/** The path of the bundle that reads files. */
	readonly modulePath: string;
	readonly log: Log;
	readonly showHistory: () => Promise<void> | void;
}

/** The commands that export conversations to files and import them, with VS Code's dialogs. */
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
