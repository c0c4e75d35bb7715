import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** How a process ended. */
export interface SpawnedExit {
	readonly exitCode: number | null;
	readonly signal: string | null;
}

/** What Node publishes on its own diagnostics channel whenever a process starts. */
interface ChildStarted {
	readonly process: ChildProcess;
}

/**
 * Runs `work` and records how the processes that it starts end. node-llama-cpp first loads each backend in a test
 * program, to see whether that survives, but does not report how it ended (3.22).
 *
 * @param onExit called for each exit that happens before `work` settles
 */
export async function watchChildExits<R>(
	work: () => Promise<R>,
	onExit: (exit: SpawnedExit) => void,
): Promise<R> {
	const channel = "child_process";
	const listener = (message: unknown): void => {
		(message as ChildStarted).process.once("exit", (exitCode, signal) => {
			onExit({ exitCode, signal });
		});
	};
	subscribe(channel, listener);
	try {
		return await work();
	} finally {
		unsubscribe(channel, listener);
	}
}
