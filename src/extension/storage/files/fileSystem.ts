import { randomUUID } from "node:crypto";
import fs, { type FileHandle } from "node:fs/promises";
import path from "node:path";

/** The calls of the system that conversations are kept with, so that tests can have each of them fail. */
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

/** Conversations are their owner's alone, where the system knows of owners. */
export const privateFile = 0o600;
const privateFolder = 0o700;

export const temporarySuffix = ".tmp";

/** @returns the code of a system's error ("ENOSPC"), or the name of any other. */
export function codeOf(error: unknown): string {
	if (error instanceof Error) {
		return "code" in error && typeof error.code === "string" ? error.code : error.name;
	}
	return String(error);
}

/** @returns what `read` gives, or `undefined` if there is no such file. */
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

/** @returns what `read` gives, or `undefined` if it cannot be had: for what others can do without. */
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

/** Writes all of `bytes` at the end. A disk that fills takes a part of them before it fails. */
export async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
	for (let done = 0; done < bytes.length;) {
		done += (await handle.write(bytes, done)).bytesWritten;
	}
}

/**
 * Writes a file that was not there.
 *
 * @throws {Error} of the system, "EEXIST" among them; a part of the file is not left.
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

/** Puts a whole file in the place of `file`, so that at any time either the old or the new one is there. */
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

/** Has names that were added to a folder outlive a loss of power. */
export async function syncFolder(fileSystem: FileSystem, folder: string): Promise<void> {
	// Windows has no such call, and does it by itself.
	if (process.platform !== "win32") {
		const handle = await fileSystem.open(folder, "r");
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	}
}
