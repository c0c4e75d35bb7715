import type { StoreParts } from "../storeParts";
import type { ChatId } from "../../../protocol/chat/ids";
import type { ChatRecord } from "../../conversation/chatRecord";
import type { Conversation } from "../../conversation/conversation";
import { appendBytes, cutOff } from "../files/appendBytes";
import { compacted, isFarLess, isWorthCompacting } from "./compaction";
import { bringBack } from "../deletedChats";
import { makeFolder, replaceFile } from "../files/fileSystem";
import { toLines, type Journal } from "./journal";
import { readJournal, readOn, type ReadFile, type ReadMark } from "./journalReader";
import type { PendingRecords } from "./pendingRecords";

/** A writer waits this long for others before it says that the file cannot be written. */
export const lockLimitMs = 10_000;
/** A file that was written to within this time is not written anew: what was deleted in it may yet be had back. */
const restMs = 60_000;
const endingBytes = 64;

/** What others have written: records; "replaced" if all was read anew; "missing" if the file is gone. */
export type News = readonly ChatRecord[] | "replaced" | "missing";

/**
 * One conversation's file, as far as it was read, with the records on top that wait to be written. One thing is done
 * with it at a time, which is up to its user.
 */
export class JournalFile {
	readonly id: ChatId;
	readonly #parts: StoreParts;
	readonly #pending: PendingRecords;
	readonly #path: string;
	#journal: Journal;
	/** `undefined`: there is no file yet. */
	#mark: ReadMark | undefined;
	#fileBytes: number;
	/** What follows the last whole line. */
	#rest: Buffer;

	constructor(
		parts: StoreParts,
		id: ChatId,
		pending: PendingRecords,
		read: Pick<ReadFile, "journal"> & Partial<ReadFile>,
	) {
		this.id = id;
		this.#parts = parts;
		this.#pending = pending;
		this.#path = parts.paths.journal(id);
		this.#journal = read.journal;
		this.#mark = read.mark;
		this.#fileBytes = read.fileBytes ?? 0;
		this.#rest = read.rest ?? Buffer.alloc(0);
	}

	get conversation(): Conversation {
		return this.#journal.conversation;
	}

	get newerVersion(): number | undefined {
		return this.#journal.newerVersion;
	}

	get lostRecords(): number {
		return this.#journal.lostRecords;
	}

	/** Takes in what other windows have written. */
	async catchUp(): Promise<News> {
		if (!this.#mark) {
			return "missing";
		}
		const added = await readOn(this.#parts.fileSystem, this.#path, this.#mark);
		if (added === "missing") {
			return added;
		}
		if (added === "replaced") {
			return this.#readAnew();
		}
		this.#rest = added.rest;
		const records = added.lines
			.map((line) => this.#journal.read(line))
			.filter((record) => record !== undefined);
		if (this.#pending.conflictWith(records)) {
			return this.#readAnew();
		}
		for (const record of records) {
			this.#journal.apply(record);
		}
		this.#mark = added.mark;
		return records;
	}

	/**
	 * Writes the records that wait.
	 *
	 * @param before called with what others have written, before anything is
	 * @param isDurable whether a loss of power must not undo it
	 * @throws {Error} of the system; then nothing is written, and all of it waits again.
	 */
	async append(before: (news: News) => Promise<void>, isDurable: boolean): Promise<void> {
		const { fileSystem, paths, locks } = this.#parts;
		await makeFolder(fileSystem, paths.locksFolder);
		const lock = await locks.hold(paths.lock(this.id), lockLimitMs);
		try {
			const news = await this.#catchUpWhole();
			if (this.newerVersion !== undefined) {
				throw Object.assign(new Error("The file has a newer version"), { code: "newerVersion" });
			}
			await before(news);
			const records = this.#pending.take();
			try {
				if (news === "missing" || this.#journal.isOlderVersion) {
					await this.#writeAnew();
				} else {
					await this.#appendLines(records, isDurable);
				}
			} catch (error) {
				this.#pending.putBack();
				throw error;
			}
			this.#pending.written();
		} finally {
			await lock.release();
		}
	}

	/**
	 * Writes the file anew where it is far larger than what it holds needs, or where it is damaged: `isKept` tells that
	 * it lies elsewhere as it was.
	 *
	 * @param isBusy whether somebody generates in the conversation: then nothing is done
	 */
	async compact(isKept: boolean, isBusy: () => Promise<boolean>): Promise<void> {
		const { fileSystem, paths, locks } = this.#parts;
		const mends = this.lostRecords > 0 && isKept;
		if (
			this.newerVersion !== undefined ||
			(this.lostRecords > 0 && !isKept) ||
			!(mends || isWorthCompacting(this.#fileBytes, this.conversation))
		) {
			return;
		}
		await makeFolder(fileSystem, paths.locksFolder);
		const lock = await locks.hold(paths.lock(this.id), lockLimitMs);
		try {
			const damageBefore = this.lostRecords;
			if (
				(await this.catchUp()) === "missing" ||
				this.#rest.length > 0 ||
				this.lostRecords !== damageBefore ||
				(await isBusy())
			) {
				return;
			}
			const { size, mtimeMs } = await fileSystem.stat(this.#path);
			const rests = Math.abs(Date.now() - mtimeMs) > restMs;
			if (mends || (rests && isFarLess(this.#wholeFile().length, size))) {
				await this.#writeAnew();
			}
		} finally {
			await lock.release();
		}
	}

	/** Catches up with a file that nobody else writes, has it back if it was deleted, and mends its end. */
	async #catchUpWhole(): Promise<News> {
		let news = await this.catchUp();
		if (news === "missing" && this.#mark && (await bringBack(this.#parts, this.id))) {
			news = await this.catchUp();
		}
		if (this.#mark && this.#rest.length > 0) {
			const { fileSystem } = this.#parts;
			const { inode, endByte } = this.#mark;
			if (this.#journal.isRecord(this.#rest.toString())) {
				const end = { path: this.#path, inode, endByte: endByte + this.#rest.length };
				await appendBytes(fileSystem, end, Buffer.from("\n"), false);
				const more = await this.catchUp();
				return typeof news === "string" || typeof more === "string" ? more : [...news, ...more];
			}
			// A line that was torn: its writer is gone, and never said that it was written.
			await cutOff(fileSystem, this.#path, endByte);
			this.#rest = Buffer.alloc(0);
		}
		return news;
	}

	async #readAnew(): Promise<"replaced" | "missing"> {
		const { fileSystem, migrations } = this.#parts;
		const read = await readJournal(fileSystem, this.#path, this.id, migrations);
		if (!read) {
			return "missing";
		}
		this.#journal = read.journal;
		this.#mark = read.mark;
		this.#fileBytes = read.fileBytes;
		this.#rest = read.rest;
		for (const record of this.#pending.all) {
			this.conversation.apply(record);
		}
		return "replaced";
	}

	/** The file as it would be with nothing redundant. What waits is in it, as it is in the conversation. */
	#wholeFile(): Buffer {
		return toLines(compacted(this.conversation));
	}

	async #writeAnew(): Promise<void> {
		const { fileSystem } = this.#parts;
		const bytes = this.#wholeFile();
		await replaceFile(fileSystem, this.#path, bytes);
		const { ino } = await fileSystem.stat(this.#path, { bigint: true });
		this.#journal.writtenAnew();
		this.#mark = markAfter(bytes, ino, 0);
		this.#fileBytes = bytes.length;
		this.#rest = Buffer.alloc(0);
	}

	async #appendLines(records: readonly ChatRecord[], isDurable: boolean): Promise<void> {
		if (this.#mark && records.length > 0) {
			const { endByte, inode } = this.#mark;
			const bytes = toLines(records);
			await appendBytes(
				this.#parts.fileSystem,
				{ path: this.#path, inode, endByte },
				bytes,
				isDurable,
			);
			this.#mark = markAfter(bytes, inode, endByte);
			this.#fileBytes = endByte + bytes.length;
		}
	}
}

function markAfter(bytes: Buffer, inode: bigint, fromByte: number): ReadMark {
	return {
		inode,
		endByte: fromByte + bytes.length,
		ending: bytes.subarray(-endingBytes),
	};
}
