import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Creates an empty folder for the files of one test. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(path.join(tmpdir(), "local-llm-test-"));
	return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
