import type { ChatId } from "../../../protocol/chat/ids";
import { shownTime } from "../../../protocol/schemaParts";
import type { FileSystem } from "../files/fileSystem";
import { Journal } from "./journal";
import { readLines } from "../files/lineReader";
import type { Migration } from "./migrations";
import { openToRead } from "../../base/openToRead";

/**
 * Of one conversation: several hundred times the longest ones, and what can be in memory beside them. More is no
 * conversation of ours.
 */
export const largestJournalBytes = 2 ** 29;

/** How far a file was read. */
export interface ReadMark {
	readonly inode: bigint;
	/** After the last whole line. */
	readonly endByte: number;
	/** What comes before that; another content means another file. */
	readonly ending: Buffer;
}

export interface ReadFile {
	readonly journal: Journal;
	readonly mark: ReadMark;
	readonly fileBytes: number;
	/** What follows the last whole line. */
	readonly rest: Buffer;
	/** Epoch milliseconds. */
	readonly modifiedAtMs: number;
}

/** Lines that were added. */
export interface Addition {
	readonly lines: readonly string[];
	readonly mark: ReadMark;
	readonly rest: Buffer;
}

/** @returns `undefined` if there is no such file. @throws as `openToRead`, or the signal's reason */
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

/** Reads what was added behind `mark`. */
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
