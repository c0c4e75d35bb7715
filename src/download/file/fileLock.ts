import { setTimeout } from "node:timers/promises";
import { lock } from "proper-lockfile";

/** Silence after which a lock's owner counts as gone, and how often it makes itself heard, in milliseconds. */
const rhythm = { stale: 5000, update: 1000 };
/** Between two tries, in milliseconds. */
const pollMs = 500;

/** The right to write a file, one owner at a time over all processes of a machine. */
export interface FileLock {
	/** Aborted when another process took the lock over, as after this one was suspended. */
	readonly lost: AbortSignal;
	release(): Promise<void>;
}

/**
 * Waits until nobody else holds the lock of `file`, whose folder must be there.
 *
 * @param onWait called at each try in vain
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
				// The file need not be there yet.
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
