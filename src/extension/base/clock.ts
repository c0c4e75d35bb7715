import type { Disposable } from "./disposableStore";

/** Time, so that tests can move it. */
export interface Clock {
	/** Epoch milliseconds. */
	nowMs(): number;
	/** Calls `then` once after `delayMs`, unless the result is disposed before. */
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
