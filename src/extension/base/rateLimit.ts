const windowMs = 1000;

/** Allows something up to so many times a second. */
export class RateLimit {
	readonly #perSecond: number;
	#windowStartMs = -Infinity;
	#used = 0;

	constructor(perSecond: number) {
		this.#perSecond = perSecond;
	}

	/** @param nowMs by a clock that nobody sets */
	allows(nowMs = performance.now()): boolean {
		if (nowMs - this.#windowStartMs >= windowMs) {
			this.#windowStartMs = nowMs;
			this.#used = 0;
		}
		this.#used += 1;
		return this.#used <= this.#perSecond;
	}
}
