import { existsSync } from "node:fs";
import { processesOf } from "../../support/processes";

/**
 * @param group the process group of VS Code's server
 * @returns the ids of its inference processes; none before the first message
 */
export function inferenceProcesses(group: number): readonly number[] {
	return processesOf(group, "inference.cjs");
}

/** Pauses the inference process while `work` runs, so that an answer stays incomplete. */
export async function whilePaused<T>(pid: number, work: () => Promise<T>): Promise<T> {
	process.kill(pid, "SIGSTOP");
	try {
		return await work();
	} finally {
		// The process is gone if `work` ended it.
		if (existsSync(`/proc/${String(pid)}`)) {
			process.kill(pid, "SIGCONT");
		}
	}
}
