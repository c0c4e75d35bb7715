import type { ChatId } from "../../protocol/chat";
import { unlessMissing, type FileSystem } from "./fileSystem";
import { Journal } from "./journal";
import { readLines } from "./lineReader";
import type { Migration } from "./migrations";

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

/** @returns `undefined` if there is no such file. */
export async function readJournal(
	fileSystem: FileSystem,
	file: string,
	id: ChatId,
	migrations: readonly Migration[],
	signal?: AbortSignal,
): Promise<ReadFile | undefined> {
	const handle = await unlessMissing(fileSystem.open(file, "r"));
	if (!handle) {
		return undefined;
	}
	try {
		const { ino, size, mtimeMs } = await handle.stat({ bigint: true });
		const modifiedAtMs = Number(mtimeMs);
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
			mark: { inode: ino, endByte, ending },
			fileBytes: Number(size),
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
	const handle = await unlessMissing(fileSystem.open(file, "r"));
	if (!handle) {
		return "missing";
	}
	try {
		const { ino, size } = await handle.stat({ bigint: true });
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
