import type { ChatId, TurnId } from "../../protocol/chat/ids";
import type { Disposable } from "../base/disposableStore";
import type { ChatRecord } from "./chatRecord";
import type { Conversation } from "./conversation";

/** The facts about a chat that a list shows without reading the whole file. */
export interface ChatSummary {
	readonly id: ChatId;
	/** The title from the user or the model, else the beginning of the first message; empty if there is neither. */
	readonly title: string;
	readonly createdAtMs: number;
	/** The time of the latest message or answer, in epoch milliseconds. */
	readonly updatedAtMs: number;
	/** The name of the folder that was open in the window when the chat began. */
	readonly folder: string | null;
	readonly pinned: boolean;
	/** The size of its file. */
	readonly fileBytes: number;
	/** The time of deletion, in epoch milliseconds; `undefined` if it is not deleted. */
	readonly deletedAtMs: number | undefined;
}

/** Why an entry of the chats folder cannot be read. */
export type UnreadableReason =
	/** It contains neither a header nor a record. */
	| { readonly kind: "damaged" }
	/** The account has no permission to read it. */
	| { readonly kind: "denied" }
	/** A folder, a pipe, or a device. */
	| { readonly kind: "notFile" }
	/** A link whose target is missing, or that leads back to itself. */
	| { readonly kind: "deadLink" }
	| { readonly kind: "tooLarge" }
	/** Reading it took too long. */
	| { readonly kind: "tooSlow" }
	/** Its name cannot be the name of a chat's file. */
	| { readonly kind: "misnamed" }
	| { readonly kind: "system"; readonly code: string };

/** All chats on this machine. */
export interface ChatList {
	/** Pinned chats first; each group starts with the latest message. */
	readonly chats: readonly ChatSummary[];
	/** Chats deleted within the last 30 days, most recently deleted first. */
	readonly deleted: readonly ChatSummary[];
	/** The size of all files, including those of deleted chats. */
	readonly totalBytes: number;
	/** The free bytes of the disk with the chats folder, the only limit; `undefined` if the system does not report it. */
	readonly freeBytes: number | undefined;
	/** The names of files that could not be read. They are left unchanged. */
	readonly unreadable: readonly string[];
	/** The reason for each name in `unreadable`. */
	readonly reasons: ReadonlyMap<string, UnreadableReason>;
}

/** A match of a search in a chat. */
export interface ChatHit {
	readonly id: ChatId;
	readonly turnId: TurnId;
	/** The words around the first match, on one line. */
	readonly excerpt: string;
}

/** The state of a chat's file, as far as users need to know it. */
export interface ChatFileState {
	/** The format version of the file, if it is newer than this extension and therefore read-only; else `undefined`. */
	readonly newerVersion: number | undefined;
	/** How many records could not be read, and the path of the damaged file or its copy. */
	readonly damage: { readonly lostRecords: number; readonly keptAt: string } | undefined;
	/** The system's error code if the last changes are not in the file yet. Saving is retried. */
	readonly notSaved: string | undefined;
	/** Whether another window generates an answer in this chat. */
	readonly answeredElsewhere: boolean;
}

/** The right to generate an answer in a chat. Only one window has it at a time. */
export type AnswerLease = Disposable;

/**
 * How soon records must be in the file. "soon" is within half a second, for the text of a running answer; "now" is at
 * once; "durable" also survives a power failure, for the end of a turn.
 */
export type WriteUrgency = "soon" | "now" | "durable";

/** A chat in use. Disposing it saves unsaved records first. */
export interface OpenedChat extends Disposable {
	/** The content of the file with all records written here. Becomes a new object when the file is reread. */
	readonly conversation: Conversation;
	readonly fileState: ChatFileState;
	/**
	 * Applies records and writes them to the file, in order. If writing fails, the records wait for a retry, and
	 * `fileState` reports the failure.
	 *
	 * @throws {Error} if the file has a newer version, which is a bug in the caller: `fileState` says so
	 */
	write(records: readonly ChatRecord[], urgency: WriteUrgency): void;
	/** Resolves when all records so far are in the file, or could not be written. */
	flush(): Promise<void>;
	/**
	 * Acquires the right to generate an answer. Waits until this window has released an earlier lease.
	 *
	 * @returns `undefined` if another window generates an answer in this chat
	 */
	beginAnswer(): Promise<AnswerLease | undefined>;
	/** Calls the listener after another window changed `conversation`, or after `fileState` changed. */
	onDidChange(listener: () => void): Disposable;
}

/**
 * The chats on this machine, from all folders and windows. Several windows may use one store at the same time.
 */
export interface ChatLibrary extends Disposable {
	/** Begins a chat. Its file is created with the first write. */
	create(folder: string | null): OpenedChat;
	/** Opens a chat. @returns `undefined` if it does not exist or its file cannot be read */
	open(id: ChatId): Promise<OpenedChat | undefined>;
	list(): Promise<ChatList>;
	/** Searches all messages and answers, ignoring case, starting with the latest chats. */
	search(text: string, onHit: (hit: ChatHit) => void, signal: AbortSignal): Promise<void>;
	/**
	 * Writes records to a chat, in use or not: its title, or whether it is pinned.
	 *
	 * @throws {Error} with a `code`: the system's if the file cannot be written, "newerVersion" if it is read-only, or
	 * "unreadable" if it cannot be read
	 */
	change(id: ChatId, records: readonly ChatRecord[]): Promise<void>;
	/** Deletes a chat, which can be restored for 30 days. Windows that show it still do; writing to it restores it. */
	delete(id: ChatId): Promise<void>;
	/** Restores a deleted chat. @returns `false` if it was deleted permanently */
	restore(id: ChatId): Promise<boolean>;
	/** Deletes a deleted chat from disk. It cannot be restored. */
	deletePermanently(id: ChatId): Promise<void>;
	/** Deletes all deleted chats from disk, including unreadable ones. */
	emptyDeleted(): Promise<void>;
	/** Adds imported conversations, each as a new chat: all or none. @returns their ids, in the same order */
	add(conversations: readonly Conversation[]): Promise<readonly ChatId[]>;
	/** Calls the listener after any window added, changed, or deleted a chat. */
	onDidChange(listener: () => void): Disposable;
}
