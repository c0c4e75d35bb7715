/** The longest the page may stand still for drawing, in milliseconds. */
const sliceMs = 25;

/**
 * Draws what a page finds when it opens: the latest first, because that is where the reader is, and in slices
 * between which the page takes input.
 *
 * What fits into the first slice is drawn before the page is painted.
 */
export class DrawQueue {
	readonly #nowMs: () => number;
	readonly #later: (slice: () => void) => void;
	readonly #waiting = new Set<() => void>();
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
	add(draw: () => void): void {
		this.#waiting.add(draw);
		if (!this.#isRunning) {
			this.#isRunning = true;
			queueMicrotask(() => {
				this.#slice();
			});
		}
	}

	remove(draw: () => void): void {
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
		try {
			for (const draw of [...this.#waiting].reverse()) {
				this.#waiting.delete(draw);
				draw();
				if (this.#nowMs() >= untilMs) {
					break;
				}
			}
		} finally {
			this.#continue();
		}
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
