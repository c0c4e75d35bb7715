import type { Turn, TurnId } from "../../protocol/chat";
import type { Clock } from "../clock";
import type { Disposable } from "../disposableStore";

/** How long a cleared conversation can be had back. */
export const undoClearMs = 10_000;

/** What was said before the conversation was cleared. */
export interface ClearedTurns {
	readonly turns: readonly Turn[];
	readonly visibleFrom: TurnId | undefined;
}

/** Keeps the conversation that was cleared last, for `undoClearMs`. */
export class ClearedChat implements Disposable {
	readonly #clock: Clock;
	#kept: { readonly cleared: ClearedTurns; readonly expiry: Disposable } | undefined;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Keeps `cleared` in place of what was kept. `onExpired` is called when its time is over, unless it left before. */
	keep(cleared: ClearedTurns, onExpired: () => void): void {
		this.take();
		const expiry = this.#clock.after(undoClearMs, () => {
			this.#kept = undefined;
			onExpired();
		});
		this.#kept = { cleared, expiry };
	}

	/** @returns what is kept, which is then kept no longer. */
	take(): ClearedTurns | undefined {
		const kept = this.#kept;
		this.#kept = undefined;
		kept?.expiry.dispose();
		return kept?.cleared;
	}

	dispose(): void {
		this.take();
	}
}
