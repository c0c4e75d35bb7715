import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** How a process ended. */
export interface SpawnedExit {
	readonly exitCode: number | null;
	readonly signal: string | null;
}

/** What Node publishes on its own channel whenever a process starts. */
interface ChildStarted {
	readonly process: ChildProcess;
}

/**
 * Does `work`, and notes how the processes ended that it started. node-llama-cpp loads each backend in a program of
 * its own first, to see whether that survives, but does not tell how it went (3.22).
 *
 * @param onExit hears of each end before `work` has settled, or not at all
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
