const windowMs = 1000;

/** Allows an action up to a number of times per second. */
export class RateLimit {
	readonly #perSecond: number;
	#windowStartMs = -Infinity;
	#used = 0;

	constructor(perSecond: number) {
		this.#perSecond = perSecond;
	}

	/**
	 * Returns whether the action is allowed now, and counts it.
	 *
	 * @param nowMs the time of a monotonic clock, in milliseconds
	 */
	allows(nowMs = performance.now()): boolean {
		if (nowMs - this.#windowStartMs >= windowMs) {
			this.#windowStartMs = nowMs;
			this.#used = 0;
		}
		this.#used += 1;
		return this.#used <= this.#perSecond;
	}
}
