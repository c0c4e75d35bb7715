import type { Disposable } from "../base/disposableStore";

/** How long no event may begin before the burst counts as settled, in milliseconds. */
const quietMs = 100;

/** When the burst counts as settled even if events keep coming, in milliseconds. */
const longestMs = 1_000;

/** Waits for the end of a burst of events. */
export class SettledMoment implements Disposable {
	readonly #act: () => void;
	#waiting:
		{ timer: NodeJS.Timeout; readonly beganAtMs: number; readonly reached: () => void } | undefined;
	#reached: Promise<void> = Promise.resolve();

	/** @param act called when the burst has settled, before `reached` settles */
	constructor(act: () => void) {
		this.#act = act;
	}

	/** Settles when the latest burst has settled, or at once if there was none. */
	get reached(): Promise<void> {
		return this.#reached;
	}

	/** Takes note of an event. */
	begin(): void {
		const nowMs = performance.now();
		const beganAtMs = this.#waiting?.beganAtMs ?? nowMs;
		const timer = setTimeout(
			() => {
				this.#end();
			},
			Math.min(quietMs, Math.max(0, beganAtMs + longestMs - nowMs)),
		);
		if (this.#waiting) {
			clearTimeout(this.#waiting.timer);
			this.#waiting.timer = timer;
		} else {
			this.#reached = new Promise((reached) => {
				this.#waiting = { timer, beganAtMs, reached };
			});
		}
	}

	dispose(): void {
		clearTimeout(this.#waiting?.timer);
		this.#waiting?.reached();
		this.#waiting = undefined;
	}

	#end(): void {
		const waiting = this.#waiting;
		this.#waiting = undefined;
		this.#act();
		waiting?.reached();
	}
}
