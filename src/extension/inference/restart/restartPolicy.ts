/** As many restarts as nobody asked for are allowed in so many milliseconds. */
export const restartLimit = { restarts: 4, withinMs: 180_000 } as const;

/** What to do about a crash, and the policy that remembers it. */
export interface RestartDecision {
	readonly decision: "restart" | "giveUp";
	readonly next: RestartPolicy;
}

/**
 * Decides whether a process that crashed is started again by itself: never more often than the limit, so that what
 * crashes every time comes to rest. A person may start it at any time, which does not count. Immutable.
 */
export class RestartPolicy {
	static readonly fresh = new RestartPolicy([]);
	/** Times of the restarts that may still count, in epoch milliseconds. */
	readonly #restartsAtMs: readonly number[];

	private constructor(restartsAtMs: readonly number[]) {
		this.#restartsAtMs = restartsAtMs;
	}

	/** @param nowMs epoch milliseconds of the crash; a clock that was set back makes restarts fewer, never more. */
	afterCrash(nowMs: number): RestartDecision {
		const recent = this.#restartsAtMs.filter((atMs) => nowMs - atMs < restartLimit.withinMs);
		return recent.length < restartLimit.restarts
			? { decision: "restart", next: new RestartPolicy([...recent, nowMs]) }
			: { decision: "giveUp", next: new RestartPolicy(recent) };
	}
}
