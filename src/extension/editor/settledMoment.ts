import type { Disposable } from "../base/disposableStore";

/** How long nothing may begin until it counts as settled, in milliseconds. */
const quietMs = 100;

/** When it counts as settled although something begins over and over, in milliseconds. */
const longestMs = 1_000;

/** The moment after a burst of events. */
export class SettledMoment implements Disposable {
	readonly #act: () => void;
	#waiting:
		{ timer: NodeJS.Timeout; readonly beganAtMs: number; readonly reached: () => void } | undefined;
	#reached: Promise<void> = Promise.resolve();

	/** @param act called when the moment is reached, before `reached` settles */
	constructor(act: () => void) {
		this.#act = act;
	}

	/** Settles when what began last has settled: at once, if nothing did. */
	get reached(): Promise<void> {
		return this.#reached;
	}

	/** Something has begun. */
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
