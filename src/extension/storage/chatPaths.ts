import path from "node:path";
import type { ChatId } from "../../protocol/chat/ids";
import { shownTime } from "../../protocol/schemaParts";

const idPattern = /^[\w-]{1,64}$/;
const journalSuffix = ".jsonl";
const leaseSuffix = ".answering";

/** Where things lie below the folder of all conversations. An id that is none names no file. */
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
		// Apart, because whoever watches the folder of conversations is to hear of conversations.
		this.locksFolder = path.join(folder, "locks");
		this.index = path.join(folder, "index.json");
	}

	journal(id: ChatId): string {
		return path.join(this.folder, `${checked(id)}${journalSuffix}`);
	}

	/** Exists while somebody writes the file. */
	lock(id: ChatId): string {
		return path.join(this.locksFolder, checked(id));
	}

	/** Exists while somebody generates in the conversation. */
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

/** @returns of which conversation a file in the folder is the journal. */
export function journalOf(fileName: string): ChatId | undefined {
	return idBefore(fileName, journalSuffix);
}

/** @returns whether a file in the folder has the ending of a conversation's, but no name that one can have. */
export function isMisnamedJournal(fileName: string): boolean {
	// Systems leave hidden files of their own beside others.
	return /^[^.].*\.jsonl$/su.test(fileName) && journalOf(fileName) === undefined;
}

/** @returns in which conversation a file in the folder is the right to answer. */
export function leaseOf(fileName: string): ChatId | undefined {
	return idBefore(fileName, leaseSuffix);
}

/** @returns of which conversation a file among the deleted is, and when it was deleted, in epoch milliseconds. */
export function deletedOf(fileName: string): { id: ChatId; deletedAtMs: number } | undefined {
	const [, id, time] = /^([\w-]{1,64})\.(\d{1,16})\.jsonl$/.exec(fileName) ?? [];
	return id === undefined ? undefined : { id, deletedAtMs: shownTime(Number(time)) };
}

/** @returns whether a file among the damaged is a copy of the journal of `id`: "<id>-<ms>-<hash>.jsonl". */
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
		throw new Error("This is not the id of a conversation");
	}
	return id;
}
