/** The longest time that drawing may block the page, in milliseconds. */
const sliceMs = 25;

/** Draws something. If it takes longer than the call, it ends when the promise settles. */
type Draw = () => void | Promise<void>;

/**
 * Draws the messages of a page that opens: the latest first, because the reader is there, and in slices, so that the
 * page handles input between them.
 *
 * The first slice is drawn before the page is painted.
 */
export class DrawQueue {
	readonly #nowMs: () => number;
	readonly #later: (slice: () => void) => void;
	readonly #waiting = new Set<Draw>();
	readonly #whenEmpty: (() => void)[] = [];
	#isRunning = false;

	/**
	 * @param nowMs a monotonic clock, in milliseconds
	 * @param later runs a function after the page had time for other work
	 */
	constructor(nowMs: () => number, later: (slice: () => void) => void) {
		this.#nowMs = nowMs;
		this.#later = later;
	}

	/** Schedules one call of `draw`. */
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

	/** Resolves when the queue is empty. */
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
