import type { Disposable } from "./disposableStore";

/** A source of time that tests can replace. */
export interface Clock {
	/** Returns the current time, in epoch milliseconds. */
	nowMs(): number;
	/** Calls `then` once after `delayMs`, unless the result is disposed first. */
	after(delayMs: number, then: () => void): Disposable;
}

export const systemClock: Clock = {
	nowMs: () => Date.now(),
	after: (delayMs, then) => {
		const timer = setTimeout(then, delayMs);
		return {
			dispose: () => {
				clearTimeout(timer);
			},
		};
	},
};
