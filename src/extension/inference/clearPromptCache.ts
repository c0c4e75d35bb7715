import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { forgottenMark } from "../../protocol/inference/promptCacheFolder";
import type { Log } from "../base/log";

/**
 * Removes all states of what was evaluated, in which words of deleted conversations could be. What the processes of all
 * windows hold at this moment, they do not save any more. A failure is logged.
 */
export async function clearPromptCache(folder: string, log: Log): Promise<void> {
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		// First of all, so that what a process saves meanwhile is noticed by this or by that process.
		const mark = randomUUID();
		const temporary = path.join(folder, `${mark}.mark`);
		await writeFile(temporary, mark, { mode: 0o600 });
		await rename(temporary, path.join(folder, forgottenMark));
		for (const name of await readdir(folder)) {
			if (name !== forgottenMark) {
				// A process may have it open, which some systems mind.
				await rm(path.join(folder, name), { force: true, maxRetries: 5, retryDelay: 100 });
			}
		}
	} catch (error) {
		log.warn(`saved states could not be removed: ${String(error)}`);
	}
}
