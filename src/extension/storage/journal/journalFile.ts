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

/** How long a write waits for the lock before it fails, in milliseconds. */
export const lockLimitMs = 10_000;
/** A file is not compacted until this long after the last write, in milliseconds: deletions in it may be undone. */
const restMs = 60_000;
const endingBytes = 64;

/** The records that other windows wrote; "replaced" if the file was reread; "missing" if it does not exist. */
export type News = readonly ChatRecord[] | "replaced" | "missing";

/**
 * The file of one chat as far as it was read, followed by the pending records. The caller must run one method at a time.
 */
export class JournalFile {
	readonly id: ChatId;
	readonly #parts: StoreParts;
	readonly #pending: PendingRecords;
	readonly #path: string;
	#journal: Journal;
	/** `undefined` if the file does not exist yet. */
	#mark: ReadMark | undefined;
	#fileBytes: number;
	/** The bytes after the last complete line. */
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

	/** Reads what other windows have written. */
	async catchUp(): Promise<News> {
		if (!this.#mark) {
			return "missing";
		}
		const added = await readOn(this.#parts.fileSystem, this.#path, this.#mark);
		if (added === "missing") {
			return added;
		}
		if (added === "replaced") {
			return this.#reread();
		}
		this.#rest = added.rest;
		const records = added.lines
			.map((line) => this.#journal.read(line))
			.filter((record) => record !== undefined);
		if (this.#pending.conflictWith(records)) {
			return this.#reread();
		}
		for (const record of records) {
			this.#journal.apply(record);
		}
		this.#mark = added.mark;
		return records;
	}

	/**
	 * Writes the pending records.
	 *
	 * @param before called with what other windows wrote, before the write
	 * @param isDurable whether the records must survive a power failure
	 * @throws {Error} of the system, or with code "newerVersion". Then nothing is written, and the records stay pending.
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
					await this.#rewrite();
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
	 * Rewrites the file if it is much larger than its content needs, or damaged.
	 *
	 * @param isKept whether a copy of the damaged file exists; otherwise a damaged file is left unchanged
	 * @param isBusy whether a window generates in the chat; if so, the file is left unchanged
	 */
	async compact(isKept: boolean, isBusy: () => Promise<boolean>): Promise<void> {
		const { fileSystem, paths, locks } = this.#parts;
		const repairs = this.lostRecords > 0 && isKept;
		if (
			this.newerVersion !== undefined ||
			(this.lostRecords > 0 && !isKept) ||
			!(repairs || isWorthCompacting(this.#fileBytes, this.conversation))
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
			if (repairs || (rests && isFarLess(this.#wholeFile().length, size))) {
				await this.#rewrite();
			}
		} finally {
			await lock.release();
		}
	}

	/** Catches up with the file, restores it if it was deleted, and repairs a torn end. The lock must be held. */
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
			// A torn line: its writer is gone, and never reported it as written.
			await cutOff(fileSystem, this.#path, endByte);
			this.#rest = Buffer.alloc(0);
		}
		return news;
	}

	async #reread(): Promise<"replaced" | "missing"> {
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

	/** Returns the smallest file with the same content. It includes the pending records, as the conversation does. */
	#wholeFile(): Buffer {
		return toLines(compacted(this.conversation));
	}

	async #rewrite(): Promise<void> {
		const { fileSystem } = this.#parts;
		const bytes = this.#wholeFile();
		await replaceFile(fileSystem, this.#path, bytes);
		const { ino } = await fileSystem.stat(this.#path, { bigint: true });
		this.#journal.rewritten();
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
