import { randomUUID } from "node:crypto";
import fs, { type FileHandle } from "node:fs/promises";
import path from "node:path";

/** The file operations that storage uses. Tests replace them to make each one fail. */
export type FileSystem = Pick<
	typeof fs,
	| "link"
	| "lstat"
	| "mkdir"
	| "open"
	| "readdir"
	| "rename"
	| "stat"
	| "statfs"
	| "unlink"
	| "utimes"
>;

export const systemFiles: FileSystem = fs;

/** Only the owner can read chats, on systems with file permissions. */
export const privateFile = 0o600;
const privateFolder = 0o700;

export const temporarySuffix = ".tmp";

/** Returns the code of a system error ("ENOSPC"), or the name of any other error. */
export function codeOf(error: unknown): string {
	if (error instanceof Error) {
		return "code" in error && typeof error.code === "string" ? error.code : error.name;
	}
	return String(error);
}

/** Resolves to the result of `read`, or to `undefined` if the file does not exist. */
export async function unlessMissing<T>(read: Promise<T>): Promise<T | undefined> {
	try {
		return await read;
	} catch (error) {
		if (codeOf(error) === "ENOENT") {
			return undefined;
		}
		throw error;
	}
}

/** Resolves to the result of `read`, or to `undefined` if it rejects. For optional results. */
export async function ifPossible<T>(read: Promise<T>): Promise<T | undefined> {
	try {
		return await read;
	} catch {
		return undefined;
	}
}

export async function makeFolder(fileSystem: FileSystem, folder: string): Promise<void> {
	await fileSystem.mkdir(folder, { recursive: true, mode: privateFolder });
}

/** Writes all of `bytes` at the current position. A disk that fills up takes only a part before it fails. */
export async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
	for (let done = 0; done < bytes.length;) {
		done += (await handle.write(bytes, done)).bytesWritten;
	}
}

/**
 * Writes a new file. If that fails, no part of it remains.
 *
 * @throws {Error} of the system; "EEXIST" if the file exists
 */
export async function writeNew(fileSystem: FileSystem, file: string, bytes: Buffer): Promise<void> {
	const handle = await fileSystem.open(file, "wx", privateFile);
	try {
		await writeAll(handle, bytes);
	} catch (error) {
		await fileSystem.unlink(file).catch(() => undefined);
		throw error;
	} finally {
		await handle.close();
	}
}

/** Replaces `file` atomically: at any time, either the old or the new content exists. */
export async function replaceFile(
	fileSystem: FileSystem,
	file: string,
	bytes: Buffer | Iterable<Buffer>,
): Promise<void> {
	const temporary = `${file}.${randomUUID()}${temporarySuffix}`;
	try {
		const handle = await fileSystem.open(temporary, "wx", privateFile);
		try {
			for (const piece of Buffer.isBuffer(bytes) ? [bytes] : bytes) {
				await writeAll(handle, piece);
			}
			await handle.sync();
		} finally {
			await handle.close();
		}
		await fileSystem.rename(temporary, file);
	} catch (error) {
		await fileSystem.unlink(temporary).catch(() => undefined);
		throw error;
	}
	await syncFolder(fileSystem, path.dirname(file));
}

/** Makes new names in a folder survive a power failure. */
export async function syncFolder(fileSystem: FileSystem, folder: string): Promise<void> {
	// Windows has no such call, and does not need it.
	if (process.platform !== "win32") {
		const handle = await fileSystem.open(folder, "r");
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	}
}
