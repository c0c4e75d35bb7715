import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";

/** Runs `work` while one program per core never waits, each in a separate session. Returns the result of `work`. */
export async function besideBusyPrograms<R>(work: () => Promise<R>): Promise<R> {
	const programs = Array.from({ length: availableParallelism() }, () =>
		spawn(process.execPath, ["-e", "for (;;);"], { detached: true, stdio: "ignore" }),
	);
	try {
		await Promise.all(programs.map((program) => once(program, "spawn")));
		return await work();
	} finally {
		for (const program of programs) {
			program.kill("SIGKILL");
		}
		await Promise.all(programs.map((program) => once(program, "exit")));
	}
}

const shareMs = 3000;
const neverWaiting = `
	const startedAt = performance.now();
	const before = process.cpuUsage();
	while (performance.now() - startedAt < ${shareMs});
	const { user, system } = process.cpuUsage(before);
	console.log((user + system) / 1000 / (performance.now() - startedAt));`;

/** Returns the share of a core that one more program that never waits gets now. */
export async function processorShare(): Promise<number> {
	const { stdout } = await promisify(execFile)(process.execPath, ["-e", neverWaiting]);
	return Number(stdout);
}
