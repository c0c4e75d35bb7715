import type { ChatId, TurnId } from "../../protocol/chat/ids";
import type { Disposable } from "../base/disposableStore";
import type { ChatRecord } from "./chatRecord";
import type { Conversation } from "./conversation";

/** What a list of conversations shows of one, without reading it whole. */
export interface ChatSummary {
	readonly id: ChatId;
	/** As a person or the model called it, else the beginning of the first message; never empty. */
	readonly title: string;
	readonly createdAtMs: number;
	/** When something was last said in it. Epoch milliseconds. */
	readonly updatedAtMs: number;
	/** Name of the folder that the window had open when it began. */
	readonly folder: string | null;
	readonly pinned: boolean;
	/** Of its file. */
	readonly fileBytes: number;
	/** When it was deleted; `undefined` if it is not. */
	readonly deletedAtMs: number | undefined;
}

/** Why something in the folder of conversations cannot be read. */
export type UnreadableReason =
	/** Nothing in it is of a conversation. */
	| { readonly kind: "damaged" }
	/** This account must not read it. */
	| { readonly kind: "denied" }
	/** A folder, a pipe, a device. */
	| { readonly kind: "notFile" }
	/** A link that leads nowhere, or in a circle. */
	| { readonly kind: "deadLink" }
	| { readonly kind: "tooLarge" }
	/** Reading it took longer than anybody waits. */
	| { readonly kind: "tooSlow" }
	/** No conversation can have its name. */
	| { readonly kind: "misnamed" }
	| { readonly kind: "system"; readonly code: string };

/** All conversations of this machine. */
export interface ChatList {
	/** Pinned ones first, then those that changed last. */
	readonly chats: readonly ChatSummary[];
	/** Deleted within the last 30 days, last deleted first. */
	readonly deleted: readonly ChatSummary[];
	/** Of all of it, deleted ones included. */
	readonly totalBytes: number;
	/** On the disk that holds it; the one limit there is. `undefined` where the system does not tell. */
	readonly freeBytes: number | undefined;
	/** What could not be read at all, by name; each is left as it is. */
	readonly unreadable: readonly string[];
	/** Why, for each of `unreadable`. */
	readonly reasons: ReadonlyMap<string, UnreadableReason>;
}

/** Where a text occurs in a conversation. */
export interface ChatHit {
	readonly id: ChatId;
	readonly turnId: TurnId;
	/** The words around the first place. One line. */
	readonly excerpt: string;
}

/** What a person must know of a conversation's file. */
export interface ChatFileState {
	/** The version of the newer format that it has, which is only read; else `undefined`. */
	readonly newerVersion: number | undefined;
	/** What could not be read of it, and where the file lies as it was. */
	readonly damage: { readonly lostRecords: number; readonly keptAt: string } | undefined;
	/** Why what was written last is not in the file yet: the code of the system's error. It is tried again. */
	readonly notSaved: string | undefined;
	/** Another window generates an answer in it. */
	readonly answeredElsewhere: boolean;
}

/** The right to generate in a conversation: one window has it at a time. */
export type AnswerLease = Disposable;

/**
 * How soon records have to be in the file: text of a running answer within half a second, everything else at once,
 * and the end of a turn so that a loss of power does not undo it.
 */
export type WriteUrgency = "soon" | "now" | "durable";

/** A conversation in use. Disposing it writes what is left first. */
export interface OpenedChat extends Disposable {
	/** As the file and all that was written here make it; another object after another window has compacted the file. */
	readonly conversation: Conversation;
	readonly fileState: ChatFileState;
	/**
	 * Applies records and puts them into the file, in their order. What cannot be written waits, is tried again, and is
	 * told by `fileState`.
	 *
	 * @throws {Error} if the file has a newer version: a bug of the caller's, who is to look at `fileState`.
	 */
	write(records: readonly ChatRecord[], urgency: WriteUrgency): void;
	/** Settles when all that was written so far is in the file, or could not be written. */
	flush(): Promise<void>;
	/**
	 * Waits until an earlier lease of this window is over.
	 *
	 * @returns `undefined` if another window generates in this conversation.
	 */
	beginAnswer(): Promise<AnswerLease | undefined>;
	/** Calls the listener after another window changed `conversation`, or something changed `fileState`. */
	onDidChange(listener: () => void): Disposable;
}

/**
 * The conversations of this machine, whatever folder or window they began in. Several windows may use one store at a
 * time.
 */
export interface ChatLibrary extends Disposable {
	/** Begins a conversation; it has no file before something is written. */
	create(folder: string | null): OpenedChat;
	/** @returns `undefined` if there is none, or if its file cannot be read at all. */
	open(id: ChatId): Promise<OpenedChat | undefined>;
	list(): Promise<ChatList>;
	/** Looks for a text in all that was said, whatever its case, newest conversations first. */
	search(text: string, onHit: (hit: ChatHit) => void, signal: AbortSignal): Promise<void>;
	/**
	 * Writes into a conversation that need not be in use: its title, whether it is pinned.
	 *
	 * @throws {Error} with the system's `code` if it cannot be written, "newerVersion" if it is only read, or "unreadable"
	 * if it cannot be read.
	 */
	change(id: ChatId, records: readonly ChatRecord[]): Promise<void>;
	/** Puts a conversation away for 30 days. Whoever has it in use keeps what is shown; what is written then has it back. */
	delete(id: ChatId): Promise<void>;
	/** Restores a deleted conversation. @returns `false` if it is gone for good. */
	restore(id: ChatId): Promise<boolean>;
	/** Removes a deleted conversation from the disk. It cannot be restored. */
	deletePermanently(id: ChatId): Promise<void>;
	/** Removes all deleted conversations from the disk, those that cannot be read included. */
	emptyDeleted(): Promise<void>;
	/** Adds conversations from elsewhere, each as a new one. @returns their ids, in the same order. */
	add(conversations: readonly Conversation[]): Promise<readonly ChatId[]>;
	/** Calls the listener after some window added, changed or deleted a conversation. */
	onDidChange(listener: () => void): Disposable;
}
