import { setTimeout } from "node:timers/promises";
import { lock } from "proper-lockfile";

/**
 * Silence after which the owner of a lock counts as gone, and the interval at which an owner renews its lock, in
 * milliseconds.
 */
const rhythm = { stale: 5000, update: 1000 };
/** Delay between two attempts, in milliseconds. */
const pollMs = 500;

/** The exclusive right to write a file, across all processes of a machine. */
export interface FileLock {
	/** Aborted when another process took the lock over, for example after this one was suspended. */
	readonly lost: AbortSignal;
	release(): Promise<void>;
}

/**
 * Waits until no one else holds the lock of `file`. Its folder must exist.
 *
 * @param onWait called after each failed attempt
 * @throws the signal's reason if it is aborted
 */
export async function holdLock(
	file: string,
	onWait: () => Promise<void>,
	signal: AbortSignal,
): Promise<FileLock> {
	const lost = new AbortController();
	for (;;) {
		signal.throwIfAborted();
		try {
			const release = await lock(file, {
				...rhythm,
				// The file need not exist yet.
				realpath: false,
				onCompromised: (error) => {
					lost.abort(error);
				},
			});
			return {
				lost: lost.signal,
				release: async () => {
					if (!lost.signal.aborted) {
						await release();
					}
				},
			};
		} catch (error) {
			if (!(error instanceof Error && "code" in error && error.code === "ELOCKED")) {
				throw error;
			}
			await onWait();
			await setTimeout(pollMs, undefined, { signal });
		}
	}
}
