/*
 * Conversations on disk. It is a bundle of its own, loaded when the first conversation is needed (docs/adr/0015), so
 * what it throws is not of the classes that the rest of the extension knows.
 */
import type { Clock } from "../base/clock";
import type { ChatLibrary } from "../conversation/chatLibrary";
import type { Log } from "../base/log";
import { FileChatLibrary } from "./fileChatLibrary";
import { systemFiles, type FileSystem } from "./files/fileSystem";
import { migrations, type Migration } from "./journal/migrations";

export interface ChatLibraryOptions {
	/** Of all conversations; made when the first one is written. */
	readonly folder: string;
	readonly clock: Clock;
	readonly log: Log;
	readonly fileSystem?: FileSystem;
	readonly migrations?: readonly Migration[];
}

export function openChatLibrary(options: ChatLibraryOptions): ChatLibrary {
	return new FileChatLibrary({ fileSystem: systemFiles, migrations, ...options });
}
