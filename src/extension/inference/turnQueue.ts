export interface TurnQueueOptions {
	/** How long aborted work may take to settle, in milliseconds. */
	readonly boundMs: number;
	/** Called when aborted work has not settled in time. The owner must then make it settle. */
	readonly onOverdue: () => void;
	/** Called when the last work has settled. */
	readonly onIdle: () => void;
}

/**
 * Runs work one piece at a time. Callers and `abortAll` can abort it, and aborted work must settle within a bound.
 *
 * Only this queue detects an inference process that ignores cancellation; `RunningAnswers` trusts it to do so, and
 * `RequestTurns` runs inside that process.
 */
export class TurnQueue {
	readonly #options: TurnQueueOptions;
	/** One controller for each piece of work that is running or waiting. */
	readonly #pending = new Set<AbortController>();
	/** The controller of the work that is running aside, or waiting for the work aside that it replaced. */
	#aside: AbortController | undefined;
	#last: Promise<unknown> = Promise.resolve();

	constructor(options: TurnQueueOptions) {
		this.#options = options;
	}

	/** Whether no work is running or waiting, except aside. */
	get isIdle(): boolean {
		return this.#pending.size === 0;
	}

	/** Calls `work` after all earlier work. Its signal aborts with the caller's `signal` and on `abortAll`. */
	run<R>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<R>): Promise<R> {
		const own = new AbortController();
		this.#aside?.abort();
		this.#pending.add(own);
		return this.#afterLast(AbortSignal.any([signal, own.signal]), work, () => {
			this.#pending.delete(own);
			if (this.isIdle) {
				this.#options.onIdle();
			}
		});
	}

	/**
	 * Calls `work` while the queue is idle. The next `run` aborts it, and its end does not call `onIdle`. It replaces
	 * other work that is running aside.
	 *
	 * @returns `undefined` if work is running or waiting, or if this work was aborted before it began
	 */
	async runAside<R>(
		signal: AbortSignal,
		work: (signal: AbortSignal) => Promise<R>,
	): Promise<R | undefined> {
		if (!this.isIdle) {
			return undefined;
		}
		const own = new AbortController();
		this.#aside?.abort();
		this.#aside = own;
		const either = AbortSignal.any([signal, own.signal]);
		return this.#afterLast(
			either,
			async () => (either.aborted ? undefined : work(either)),
			() => {
				if (this.#aside === own) {
					this.#aside = undefined;
				}
			},
		);
	}

	abortAll(): void {
		this.#aside?.abort();
		for (const controller of this.#pending) {
			controller.abort();
		}
	}

	/** Resolves when all work so far has settled. */
	async drained(): Promise<void> {
		await this.#last;
	}

	#afterLast<R>(
		signal: AbortSignal,
		work: (signal: AbortSignal) => Promise<R>,
		onSettled: () => void,
	): Promise<R> {
		const result = this.#last.then(async () => {
			const unwatch = this.#watch(signal);
			try {
				return await work(signal);
			} finally {
				unwatch();
				onSettled();
			}
		});
		this.#last = result.catch(() => undefined);
		return result;
	}

	/**
	 * Calls `onOverdue` when `signal` has been aborted for longer than the bound. Returns a function that ends the watch.
	 */
	#watch(signal: AbortSignal): () => void {
		const settled = new AbortController();
		let timer: NodeJS.Timeout | undefined;
		const start = (): void => {
			timer = setTimeout(this.#options.onOverdue, this.#options.boundMs);
		};
		if (signal.aborted) {
			start();
		} else {
			signal.addEventListener("abort", start, { once: true, signal: settled.signal });
		}
		return () => {
			settled.abort();
			clearTimeout(timer);
		};
	}
}
