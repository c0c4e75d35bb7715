import type { ChatId } from "../../../protocol/chat/ids";
import { shownTime } from "../../../protocol/schemaParts";
import type { FileSystem } from "../files/fileSystem";
import { Journal } from "./journal";
import { readLines } from "../files/lineReader";
import type { Migration } from "./migrations";
import { openToRead } from "../../base/openToRead";

/**
 * The largest journal, in bytes: several hundred times the longest ones, and still small enough for memory. A larger
 * file is not a chat of this extension.
 */
export const largestJournalBytes = 2 ** 29;

/** How far a file has been read. */
export interface ReadMark {
	readonly inode: bigint;
	/** The offset after the last complete line. */
	readonly endByte: number;
	/** The last bytes before that. If they differ, the file was replaced. */
	readonly ending: Buffer;
}

export interface ReadFile {
	readonly journal: Journal;
	readonly mark: ReadMark;
	readonly fileBytes: number;
	/** The bytes after the last complete line. */
	readonly rest: Buffer;
	/** Epoch milliseconds. */
	readonly modifiedAtMs: number;
}

/** The lines added after a mark. */
export interface Addition {
	readonly lines: readonly string[];
	readonly mark: ReadMark;
	readonly rest: Buffer;
}

/** Reads a journal. @returns `undefined` if the file does not exist. @throws as `openToRead`, or the reason of `signal` */
export async function readJournal(
	fileSystem: FileSystem,
	file: string,
	id: ChatId,
	migrations: readonly Migration[],
	signal?: AbortSignal,
): Promise<ReadFile | undefined> {
	const opened = await openToRead(fileSystem, file, largestJournalBytes);
	if (!opened) {
		return undefined;
	}
	const { handle, stats } = opened;
	try {
		const modifiedAtMs = shownTime(Number(stats.mtimeMs));
		const journal = new Journal({ id, createdAtMs: modifiedAtMs }, migrations);
		const { endByte, ending, rest } = await readLines(
			handle,
			0,
			(line) => {
				const record = journal.read(line);
				if (record) {
					journal.apply(record);
				}
			},
			signal,
		);
		return {
			journal,
			mark: { inode: stats.ino, endByte, ending },
			fileBytes: Number(stats.size),
			rest,
			modifiedAtMs,
		};
	} finally {
		await handle.close();
	}
}

/** Reads the lines added after `mark`. */
export async function readOn(
	fileSystem: FileSystem,
	file: string,
	mark: ReadMark,
): Promise<Addition | "missing" | "replaced"> {
	const opened = await openToRead(fileSystem, file, largestJournalBytes);
	if (!opened) {
		return "missing";
	}
	const { handle, stats } = opened;
	try {
		const { ino, size } = stats;
		if (ino !== mark.inode || Number(size) < mark.endByte) {
			return "replaced";
		}
		const before = Buffer.alloc(mark.ending.length);
		await handle.read(before, 0, before.length, mark.endByte - before.length);
		if (!before.equals(mark.ending)) {
			return "replaced";
		}
		const lines: string[] = [];
		const { endByte, ending, rest } = await readLines(handle, mark.endByte, (line) =>
			lines.push(line),
		);
		return {
			lines,
			mark: lines.length > 0 ? { inode: ino, endByte, ending } : mark,
			rest,
		};
	} finally {
		await handle.close();
	}
}
