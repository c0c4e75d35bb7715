import type { Dirent } from "node:fs";
import { opendir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../base/log";

/** How far a scan may go. */
export interface ScanLimits {
	/** Folders below the one that is scanned. */
	readonly maxDepth: number;
	/** Entries of all folders together. */
	readonly maxEntries: number;
	/** Ends the scan with what it has found. */
	readonly signal: AbortSignal;
	/** Hears of folders that cannot be read, and of limits that were met. */
	readonly log: Log;
	/** Whether to enter a folder of this name in a folder of this depth; all, unless given. */
	readonly enters?: (name: string, depth: number) => boolean;
}

/** A file that a scan found. */
export interface FoundFile {
	/** Absolute, as it was reached: links are not resolved. */
	readonly path: string;
	/** Of what a link leads to. */
	readonly fileBytes: number;
}

/**
 * Finds files below a folder, following links; each folder is entered once, so links that lead in circles end. What is
 * not there or cannot be read is passed over.
 *
 * @param accepts decides by a file's name.
 */
export async function scanFolder(
	folder: string,
	accepts: (name: string) => boolean,
	{ maxDepth, maxEntries, signal, log, enters = () => true }: ScanLimits,
): Promise<FoundFile[]> {
	const found: FoundFile[] = [];
	const entered = new Set<string>();
	let entries = 0;

	const enter = async (current: string, depth: number): Promise<void> => {
		const names = await orLog(log, async () => {
			const real = await realpath(current);
			if (entered.has(real)) {
				return [];
			}
			entered.add(real);
			const listed: Dirent[] = [];
			for await (const entry of await opendir(current)) {
				entries += 1;
				if (entries > maxEntries || signal.aborted) {
					break;
				}
				listed.push(entry);
			}
			return listed;
		});
		for (const entry of names ?? []) {
			if (signal.aborted) {
				return;
			}
			await visit(path.join(current, entry.name), entry, depth);
		}
	};

	const visit = async (file: string, entry: Dirent, depth: number): Promise<void> => {
		if (entry.isFile() && !accepts(entry.name)) {
			return;
		}
		const stats = entry.isDirectory() ? entry : await orLog(log, () => stat(file));
		if (stats?.isDirectory()) {
			if (depth < maxDepth && enters(entry.name, depth)) {
				await enter(file, depth + 1);
			}
		} else if (stats && "size" in stats && stats.isFile() && accepts(entry.name)) {
			found.push({ path: file, fileBytes: stats.size });
		}
	};

	await enter(folder, 0);
	if (entries > maxEntries) {
		log.info(`stopped looking in ${folder} after ${maxEntries} entries`);
	}
	return found;
}

/** @returns `undefined` if `read` fails, which is logged unless there is simply nothing. */
async function orLog<T>(log: Log, read: () => Promise<T>): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) {
			log.info(`passed over: ${String(error)}`);
		}
		return undefined;
	}
}
