import path from "node:path";
import type { ChatId } from "../../protocol/chat/ids";
import { shownTime } from "../../protocol/schemaParts";

const idPattern = /^[\w-]{1,64}$/;
const journalSuffix = ".jsonl";
const leaseSuffix = ".answering";

/** The paths of files in the chats folder. An invalid id throws, so that it cannot name another file. */
export class ChatPaths {
	readonly folder: string;
	readonly deletedFolder: string;
	readonly damagedFolder: string;
	readonly locksFolder: string;
	readonly index: string;

	constructor(folder: string) {
		this.folder = folder;
		this.deletedFolder = path.join(folder, "deleted");
		this.damagedFolder = path.join(folder, "damaged");
		// Separate, so that locks do not trigger the watcher of the chats folder.
		this.locksFolder = path.join(folder, "locks");
		this.index = path.join(folder, "index.json");
	}

	journal(id: ChatId): string {
		return path.join(this.folder, `${checked(id)}${journalSuffix}`);
	}

	/** Returns the path of the lock that exists while a window writes to the file. */
	lock(id: ChatId): string {
		return path.join(this.locksFolder, checked(id));
	}

	/** Returns the path of the lock that exists while a window generates in the chat. */
	lease(id: ChatId): string {
		return path.join(this.folder, `${checked(id)}${leaseSuffix}`);
	}

	deleted(id: ChatId, atMs: number): string {
		return path.join(this.deletedFolder, `${checked(id)}.${atMs}${journalSuffix}`);
	}
}

export function isChatId(id: string): boolean {
	return idPattern.test(id);
}

/** Returns the chat whose journal has this name; `undefined` if it is not the name of a journal. */
export function journalOf(fileName: string): ChatId | undefined {
	return idBefore(fileName, journalSuffix);
}

/** Returns whether a file has the extension of a journal, but not the name of one. */
export function isMisnamedJournal(fileName: string): boolean {
	// Some systems add hidden files next to others.
	return /^[^.].*\.jsonl$/su.test(fileName) && journalOf(fileName) === undefined;
}

/** Returns the chat whose lease has this name; `undefined` if it is not the name of a lease. */
export function leaseOf(fileName: string): ChatId | undefined {
	return idBefore(fileName, leaseSuffix);
}

/** Returns the chat and the time of deletion, in epoch milliseconds, from the name of a deleted file. */
export function deletedOf(fileName: string): { id: ChatId; deletedAtMs: number } | undefined {
	const [, id, time] = /^([\w-]{1,64})\.(\d{1,16})\.jsonl$/.exec(fileName) ?? [];
	return id === undefined ? undefined : { id, deletedAtMs: shownTime(Number(time)) };
}

/** Returns whether a damaged file is a copy of the journal of `id`: "<id>-<ms>-<hash>.jsonl". */
export function isDamagedCopyOf(fileName: string, id: ChatId): boolean {
	return (
		fileName.startsWith(`${id}-`) && /^\d+-[\da-f]{16}\.jsonl$/.test(fileName.slice(id.length + 1))
	);
}

function idBefore(fileName: string, suffix: string): ChatId | undefined {
	const id = fileName.endsWith(suffix) ? fileName.slice(0, -suffix.length) : "";
	return isChatId(id) ? id : undefined;
}

function checked(id: ChatId): ChatId {
	if (!isChatId(id)) {
		throw new Error("This is not the id of a chat");
	}
	return id;
}
