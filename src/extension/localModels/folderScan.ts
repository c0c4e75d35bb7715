import type { Dirent } from "node:fs";
import { opendir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../base/log";

/** The limits of a scan. */
export interface ScanLimits {
	/** Levels of folders below the one that is scanned. */
	readonly maxDepth: number;
	/** The number of entries in all folders together. */
	readonly maxEntries: number;
	/** Ends the scan, which then returns the files found so far. */
	readonly signal: AbortSignal;
	/** Records folders that cannot be read, and whether the limit of entries was reached. */
	readonly log: Log;
	/** Returns whether to enter a folder, by its name and the depth of its parent. By default, all are entered. */
	readonly enters?: (name: string, depth: number) => boolean;
}

/** A file that a scan found. */
export interface FoundFile {
	/** The path through which the scan reached the file: below the scanned folder, with links not resolved. */
	readonly path: string;
	/** The size of the file; for a link, of its target. */
	readonly fileBytes: number;
}

/**
 * Finds files below a folder and follows links. Each folder is entered once, so a cycle of links ends. Entries that are
 * missing or unreadable are skipped.
 *
 * @param accepts returns whether to include a file, by its name
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
		log.info(`stopped scanning ${folder} after ${maxEntries} entries`);
	}
	return found;
}

/** Returns `undefined` if `read` fails, and logs the failure unless the file or folder does not exist. */
async function orLog<T>(log: Log, read: () => Promise<T>): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) {
			log.info(`skipped: ${String(error)}`);
		}
		return undefined;
	}
}
