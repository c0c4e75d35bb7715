/** The longest the page may stand still for drawing, in milliseconds. */
const sliceMs = 25;

/** Draws something; where it takes more than the call, until the promise settles. */
type Draw = () => void | Promise<void>;

/**
 * Draws what a page finds when it opens: the latest first, because that is where the reader is, and in slices
 * between which the page takes input.
 *
 * What fits into the first slice is drawn before the page is painted.
 */
export class DrawQueue {
	readonly #nowMs: () => number;
	readonly #later: (slice: () => void) => void;
	readonly #waiting = new Set<Draw>();
	readonly #whenEmpty: (() => void)[] = [];
	#isRunning = false;

	/**
	 * @param nowMs a clock that never goes back, in milliseconds
	 * @param later runs a function when the page had time for others
	 */
	constructor(nowMs: () => number, later: (slice: () => void) => void) {
		this.#nowMs = nowMs;
		this.#later = later;
	}

	/** Calls `draw` once, soon. */
	add(draw: Draw): void {
		this.#waiting.add(draw);
		if (!this.#isRunning) {
			this.#isRunning = true;
			queueMicrotask(() => {
				this.#slice();
			});
		}
	}

	remove(draw: Draw): void {
		this.#waiting.delete(draw);
	}

	/** Resolves when nothing waits. */
	async empty(): Promise<void> {
		if (this.#isRunning) {
			await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
		}
	}

	#slice(): void {
		const untilMs = this.#nowMs() + sliceMs;
		let drawing: Promise<void> | undefined;
		try {
			do {
				drawing = this.#drawLatest();
			} while (!drawing && this.#waiting.size > 0 && this.#nowMs() < untilMs);
		} finally {
			if (drawing) {
				void drawing.finally(() => {
					this.#continue();
				});
			} else {
				this.#continue();
			}
		}
	}

	#drawLatest(): Promise<void> | undefined {
		const latest = [...this.#waiting].at(-1);
		if (latest) {
			this.#waiting.delete(latest);
		}
		return latest?.() ?? undefined;
	}

	#continue(): void {
		if (this.#waiting.size > 0) {
			this.#later(() => {
				this.#slice();
			});
			return;
		}
		this.#isRunning = false;
		for (const resolve of this.#whenEmpty.splice(0)) {
			resolve();
		}
	}
}
