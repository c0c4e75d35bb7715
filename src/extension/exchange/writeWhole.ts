import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Writes a file atomically: its name refers to the complete new file or to the previous one.
 *
 * @throws the system's error, or the reason that `signal` was aborted for; no temporary file remains
 */
export async function writeWhole(
	file: string,
	pieces: AsyncIterable<string>,
	signal: AbortSignal,
): Promise<void> {
	const folder = path.dirname(file);
	const growing = path.join(folder, `.local-llm-${randomBytes(6).toString("hex")}.tmp`);
	const handle = await open(growing, "wx");
	try {
		try {
			for await (const piece of pieces) {
				signal.throwIfAborted();
				await handle.writeFile(piece);
			}
			await handle.sync();
		} finally {
			await handle.close();
		}
		signal.throwIfAborted();
		await rename(growing, file);
	} catch (error) {
		await rm(growing, { force: true });
		throw error;
	}
}
