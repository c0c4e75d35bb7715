import { constants, type BigIntStats } from "node:fs";
import type fs from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

/** The part of `node:fs/promises` that opens files. */
type FileOpener = Pick<typeof fs, "open">;

/** Opens without blocking: otherwise, a pipe without a writer would never open, and occupy a thread of libuv's pool. */
const readingFlags =
	process.platform === "win32" ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;

/** Thrown for a path that is not a regular file, or a file that is too large. */
export class NoReadableFile extends Error {
	override readonly name = "NoReadableFile";
	readonly code: "notFile" | "tooLarge";

	constructor(code: NoReadableFile["code"], file: string) {
		super(`${file}: ${code}`);
		this.code = code;
	}
}

/** An open file. The caller closes it. */
export interface OpenFile {
	readonly handle: FileHandle;
	readonly stats: BigIntStats;
}

/**
 * Opens a file of at most `largestBytes` to read it.
 *
 * @returns `undefined` if the file does not exist
 * @throws {NoReadableFile} if it is not a regular file, or too large
 * @throws {Error} any other error of the file system
 */
export async function openToRead(
	fileSystem: FileOpener,
	file: string,
	largestBytes: number,
): Promise<OpenFile | undefined> {
	let handle: FileHandle;
	try {
		handle = await fileSystem.open(file, readingFlags);
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
		if (code === "ENOENT") {
			return undefined;
		}
		// The path is a socket, or a device that does not exist.
		throw code === "ENXIO" || code === "ENODEV" ? new NoReadableFile("notFile", file) : error;
	}
	try {
		const stats = await handle.stat({ bigint: true });
		if (!stats.isFile()) {
			throw new NoReadableFile("notFile", file);
		}
		if (stats.size > largestBytes) {
			throw new NoReadableFile("tooLarge", file);
		}
		return { handle, stats };
	} catch (error) {
		await handle.close();
		throw error;
	}
}

/**
 * Returns the text of a file of at most `largestBytes`; `undefined` if it does not exist. Throws as `openToRead` does.
 */
export async function readSmallFile(
	fileSystem: FileOpener,
	file: string,
	largestBytes: number,
): Promise<string | undefined> {
	const opened = await openToRead(fileSystem, file, largestBytes);
	try {
		return await opened?.handle.readFile("utf8");
	} finally {
		await opened?.handle.close();
	}
}
