import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { forgottenMark } from "../../protocol/inference/promptCacheFolder";
import type { Log } from "../base/log";

/**
 * Deletes all cached prompts, which can contain text of deleted conversations. The processes of all windows also stop
 * saving prompts that they have already evaluated. A failure is logged.
 */
export async function clearPromptCache(folder: string, log: Log): Promise<void> {
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		// The mark comes first: a prompt that is saved meanwhile is then removed either here or by the process that saved it.
		const mark = randomUUID();
		const temporary = path.join(folder, `${mark}.mark`);
		await writeFile(temporary, mark, { mode: 0o600 });
		await rename(temporary, path.join(folder, forgottenMark));
		for (const name of await readdir(folder)) {
			if (name !== forgottenMark) {
				// Some systems refuse to delete a file that a process has open.
				await rm(path.join(folder, name), { force: true, maxRetries: 5, retryDelay: 100 });
			}
		}
	} catch (error) {
		log.warn(`the prompt cache could not be cleared: ${String(error)}`);
	}
}
