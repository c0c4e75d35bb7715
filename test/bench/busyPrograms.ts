import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";

/** @returns what `work` returns, done while a program that never waits runs for each core, in sessions of their own. */
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
