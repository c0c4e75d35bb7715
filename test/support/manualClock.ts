import type { Clock } from "../../src/extension/base/clock";

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
	#nowMs = 1_000_000;
	readonly #alarms = new Set<{ readonly atMs: number; readonly ring: () => void }>();

	nowMs(): number {
		return this.#nowMs;
	}

	after(delayMs: number, then: () => void): { dispose(): void } {
		const alarm = { atMs: this.#nowMs + delayMs, ring: then };
		this.#alarms.add(alarm);
		return { dispose: () => this.#alarms.delete(alarm) };
	}

	/** Moves the clock and rings all alarms that are due, in order. */
	advance(byMs: number): void {
		this.#nowMs += byMs;
		const due = [...this.#alarms].filter(({ atMs }) => atMs <= this.#nowMs);
		for (const alarm of due.sort((a, b) => a.atMs - b.atMs)) {
			this.#alarms.delete(alarm);
			alarm.ring();
		}
	}

	/** The number of alarms that are set. */
	get pending(): number {
		return this.#alarms.size;
	}
}
