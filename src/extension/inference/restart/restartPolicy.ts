/** The largest number of automatic restarts within a period. */
export const restartLimit = { restarts: 4, withinMs: 180_000 } as const;

/** The decision about a crash, and the policy that remembers it. */
export interface RestartDecision {
	readonly decision: "restart" | "giveUp";
	readonly next: RestartPolicy;
}

/**
 * Decides whether a crashed process is restarted automatically. The limit stops a process that crashes every time. Starts
 * that the user requests do not count. Immutable.
 */
export class RestartPolicy {
	static readonly fresh = new RestartPolicy([]);
	/** The times of the restarts that may still count, in epoch milliseconds. */
	readonly #restartsAtMs: readonly number[];

	private constructor(restartsAtMs: readonly number[]) {
		this.#restartsAtMs = restartsAtMs;
	}

	/**
	 * Decides about a crash.
	 *
	 * @param nowMs the time of the crash, in epoch milliseconds; a clock that is set back never allows more restarts
	 */
	afterCrash(nowMs: number): RestartDecision {
		const recent = this.#restartsAtMs.filter((atMs) => nowMs - atMs < restartLimit.withinMs);
		return recent.length < restartLimit.restarts
			? { decision: "restart", next: new RestartPolicy([...recent, nowMs]) }
			: { decision: "giveUp", next: new RestartPolicy(recent) };
	}
}
