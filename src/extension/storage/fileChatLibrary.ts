import { randomUUID } from "node:crypto";
import type { ChatId } from "../../protocol/chat/ids";
import { shownTime } from "../../protocol/schemaParts";
import type { Clock } from "../base/clock";
import type { ChatHit, ChatLibrary, ChatList, OpenedChat } from "../conversation/chatLibrary";
import type { ChatHeader, ChatRecord } from "../conversation/chatRecord";
import type { Conversation } from "../conversation/conversation";
import type { Disposable } from "../base/disposableStore";
import type { Log } from "../base/log";
import { ChatIndex } from "./chatIndex";
import { listChats } from "./chatList";
import { ChatPaths, isChatId } from "./chatPaths";
import { findInTurns } from "./chatSearch";
import { compactedRecords } from "./journal/compaction";
import { bringBack, deletedFiles, putAway, removeForGood } from "./deletedChats";
import type { FileChat } from "./fileChat";
import { FileLocks } from "./files/fileLock";
import {
	ifPossible,
	makeFolder,
	replaceFile,
	unlessMissing,
	type FileSystem,
} from "./files/fileSystem";
import { Journal, linePieces, writtenVersion } from "./journal/journal";
import { lockLimitMs } from "./journal/journalFile";
import { type StoreParts } from "./storeParts";
import { readJournal } from "./journal/journalReader";
import type { Migration } from "./journal/migrations";
import { ChatsInUse } from "./chatsInUse";

export interface FileChatLibraryParts {
	readonly folder: string;
	readonly clock: Clock;
	readonly log: Log;
	readonly fileSystem: FileSystem;
	readonly migrations: readonly Migration[];
}

/** The chats in one folder, each in its own file. */
export class FileChatLibrary implements ChatLibrary {
	readonly #parts: StoreParts;
	readonly #clock: Clock;
	readonly #index: ChatIndex;
	readonly #inUse: ChatsInUse;
	#listing: Promise<unknown> = Promise.resolve();

	constructor({ folder, clock, log, fileSystem, migrations }: FileChatLibraryParts) {
		const paths = new ChatPaths(folder);
		this.#clock = clock;
		this.#parts = { fileSystem, paths, migrations, locks: new FileLocks(fileSystem) };
		this.#index = new ChatIndex(fileSystem, paths.index);
		this.#inUse = new ChatsInUse({ ...this.#parts, clock, log });
	}

	create(folder: string | null): OpenedChat {
		const header = this.#newHeader({ createdAtMs: this.#clock.nowMs(), folder });
		const journal = new Journal(header, this.#parts.migrations);
		journal.read(JSON.stringify(header));
		return this.#inUse.add(header.id, { journal });
	}

	async open(id: ChatId): Promise<FileChat | undefined> {
		return isChatId(id) ? this.#inUse.open(id) : undefined;
	}

	list(): Promise<ChatList> {
		// One after the other, so that the second list uses the index of the first.
		const list = this.#listing.then(() => listChats(this.#parts, this.#index, this.#clock.nowMs()));
		this.#listing = list.catch(() => undefined);
		return list;
	}

	async search(text: string, onHit: (hit: ChatHit) => void, signal: AbortSignal): Promise<void> {
		if (text === "") {
			return;
		}
		const { fileSystem, paths, migrations } = this.#parts;
		try {
			const { chats } = await this.list();
			for (const { id } of [...chats].sort((a, b) => b.updatedAtMs - a.updatedAtMs)) {
				signal.throwIfAborted();
				// The list reports unreadable files.
				const read = await ifPossible(
					readJournal(fileSystem, paths.journal(id), id, migrations, signal),
				);
				const hit = read && (await findInTurns(read.journal.conversation, text, signal));
				if (hit) {
					onHit({ id, ...hit });
				}
			}
		} catch (error) {
			// A canceled search is not a failure.
			if (!signal.aborted) {
				throw error;
			}
		}
	}

	async change(id: ChatId, records: readonly ChatRecord[]): Promise<void> {
		const used = this.#inUse.find(id);
		if (used) {
			mayWrite(used);
			used.write(records, "now");
			await used.flush();
			return;
		}
		const chat = await this.open(id);
		if (!chat && (await this.#isThere(id))) {
			throw Object.assign(new Error("The chat cannot be read"), { code: "unreadable" });
		}
		if (chat) {
			try {
				mayWrite(chat);
			} catch (error) {
				chat.dispose();
				throw error;
			}
			chat.write(records, "now");
			await chat.flush();
			const code = chat.fileState.notSaved;
			if (code !== undefined) {
				chat.abandon();
				throw Object.assign(new Error(`The chat cannot be written: ${code}`), { code });
			}
			chat.dispose();
		}
	}

	async delete(id: ChatId): Promise<void> {
		await this.#inUse.find(id)?.flush();
		await this.#locked(id, () => putAway(this.#parts, id, this.#clock.nowMs()));
	}

	async restore(id: ChatId): Promise<boolean> {
		const { fileSystem, paths } = this.#parts;
		const isBack = await this.#locked(
			id,
			async () =>
				(await bringBack(this.#parts, id)) ||
				// It was already restored, here or in another window.
				(await unlessMissing(fileSystem.stat(paths.journal(id)))) !== undefined,
		);
		return isBack ?? false;
	}

	async deletePermanently(id: ChatId): Promise<void> {
		await this.#locked(id, () => removeForGood(this.#parts, id));
	}

	async emptyDeleted(): Promise<void> {
		const failures: unknown[] = [];
		for (const id of new Set((await deletedFiles(this.#parts)).map((file) => file.id))) {
			await this.deletePermanently(id).catch((error: unknown) => {
				failures.push(error);
			});
		}
		const [first] = failures;
		if (first instanceof Error) {
			throw first;
		}
	}

	async add(conversations: readonly Conversation[]): Promise<readonly ChatId[]> {
		const { fileSystem, paths } = this.#parts;
		const added: ChatId[] = [];
		try {
			await makeFolder(fileSystem, paths.folder);
			for (const conversation of conversations) {
				const { createdAtMs, folder } = conversation.header;
				const header = this.#newHeader({ createdAtMs: shownTime(createdAtMs), folder });
				const bytes = linePieces([header, ...compactedRecords(conversation)]);
				added.push(header.id);
				await replaceFile(fileSystem, paths.journal(header.id), bytes);
			}
		} catch (error) {
			// All or none, so that a retry does not add chats twice.
			for (const id of added) {
				await fileSystem.unlink(paths.journal(id)).catch(() => undefined);
			}
			throw error;
		}
		return added;
	}

	onDidChange(listener: () => void): Disposable {
		return this.#inUse.onDidChangeFolder(listener);
	}

	dispose(): void {
		this.#inUse.dispose();
	}

	async #isThere(id: ChatId): Promise<boolean> {
		const { fileSystem, paths } = this.#parts;
		return isChatId(id) && (await ifPossible(fileSystem.lstat(paths.journal(id)))) !== undefined;
	}

	#newHeader({ createdAtMs, folder }: Pick<ChatHeader, "createdAtMs" | "folder">): ChatHeader {
		const version = writtenVersion(this.#parts.migrations);
		return { format: "local-llm-chat", version, id: randomUUID(), createdAtMs, folder };
	}

	/** Runs `change` while holding the lock of a chat. @returns `undefined` if `id` is not a valid id */
	async #locked<T>(id: ChatId, change: () => Promise<T>): Promise<T | undefined> {
		if (!isChatId(id)) {
			return undefined;
		}
		const { fileSystem, paths, locks } = this.#parts;
		await makeFolder(fileSystem, paths.locksFolder);
		const lock = await locks.hold(paths.lock(id), lockLimitMs);
		try {
			return await change();
		} finally {
			await lock.release();
		}
	}
}

/** @throws {Error} with the code "newerVersion" if a newer version of this extension wrote the file */
function mayWrite({ fileState: { newerVersion } }: OpenedChat): void {
	if (newerVersion !== undefined) {
		throw Object.assign(new Error(`The chat has version ${newerVersion}`), {
			code: "newerVersion",
		});
	}
}
