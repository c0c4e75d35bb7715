/*
 * Chats on disk. This file is the entry point of a separate bundle, loaded when the first chat is needed
 * (docs/adr/0015). The rest of the extension therefore cannot test its errors with `instanceof`.
 */
import type { Clock } from "../base/clock";
import type { ChatLibrary } from "../conversation/chatLibrary";
import type { Log } from "../base/log";
import { FileChatLibrary } from "./fileChatLibrary";
import { systemFiles, type FileSystem } from "./files/fileSystem";
import { migrations, type Migration } from "./journal/migrations";

export interface ChatLibraryOptions {
	/** The chats folder, which is created when the first chat is saved. */
	readonly folder: string;
	readonly clock: Clock;
	readonly log: Log;
	readonly fileSystem?: FileSystem;
	readonly migrations?: readonly Migration[];
}

export function openChatLibrary(options: ChatLibraryOptions): ChatLibrary {
	return new FileChatLibrary({ fileSystem: systemFiles, migrations, ...options });
}
