import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * @param group the process group of VS Code's server
 * @returns the ids of the processes in it that run a model; none before the first message
 */
export function inferenceProcesses(group: number): readonly number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => groupOf(pid) === group && read(pid, "cmdline").includes("inference.cjs"));
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

function groupOf(pid: number): number {
	// pid (name) state ppid pgrp: the name may hold blanks and parentheses.
	return Number(/.*\) \S \d+ (\d+)/.exec(read(pid, "stat"))?.[1]);
}

/** @returns an empty text for a process that has ended meanwhile. */
function read(pid: number, file: "cmdline" | "stat"): string {
	try {
		return readFileSync(`/proc/${String(pid)}/${file}`, "utf8");
	} catch {
		return "";
	}
}
