import { constants, type BigIntStats } from "node:fs";
import type fs from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

/** The call of the system that files are opened with. */
type FileOpener = Pick<typeof fs, "open">;

/** Without waiting: a pipe that nobody writes into would never open, and keep a thread of the system's calls. */
const readingFlags =
	process.platform === "win32" ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;

/** What is at a place is no file to be read. */
export class NoReadableFile extends Error {
	override readonly name = "NoReadableFile";
	readonly code: "notFile" | "tooLarge";

	constructor(code: NoReadableFile["code"], file: string) {
		super(`${file}: ${code}`);
		this.code = code;
	}
}

/** A file that is open. */
export interface OpenFile {
	readonly handle: FileHandle;
	readonly stats: BigIntStats;
}

/**
 * Opens a file of at most `largestBytes`.
 *
 * @returns `undefined` if there is none.
 * @throws {NoReadableFile} @throws {Error} of the system.
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
		// A socket, or a device that is not there.
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

/** @returns the text of a small file of ours; `undefined` if there is none. @throws as `openToRead` */
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
