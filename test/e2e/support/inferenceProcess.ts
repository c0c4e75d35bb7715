import { existsSync } from "node:fs";
import { processesOf } from "../../support/processes";

/**
 * @param group the process group of VS Code's server
 * @returns the ids of the processes in it that run a model; none before the first message
 */
export function inferenceProcesses(group: number): readonly number[] {
	return processesOf(group, "inference.cjs");
}

/** Stops the clock for the model's process while `work` runs: what is mid-answer stays so. */
export async function whilePaused<T>(pid: number, work: () => Promise<T>): Promise<T> {
	process.kill(pid, "SIGSTOP");
	try {
		return await work();
	} finally {
		// It is gone where `work` ended it.
		if (existsSync(`/proc/${String(pid)}`)) {
			process.kill(pid, "SIGCONT");
		}
	}
}
