export interface TurnQueueOptions {
	/** How long aborted work may take to settle, in milliseconds. */
	readonly boundMs: number;
	/** Aborted work has not settled in time: the owner must make it settle. */
	readonly onOverdue: () => void;
	/** The last work has settled. */
	readonly onIdle: () => void;
}

/** Does one thing after the other, each abortable from outside and from its caller, and each bounded once aborted. */
export class TurnQueue {
	readonly #options: TurnQueueOptions;
	/** Of what runs or waits. */
	readonly #pending = new Set<AbortController>();
	/** Of what runs aside, or waits for one that it replaced. */
	#aside: AbortController | undefined;
	#last: Promise<unknown> = Promise.resolve();

	constructor(options: TurnQueueOptions) {
		this.#options = options;
	}

	/** Nothing runs or waits, unless aside. */
	get isIdle(): boolean {
		return this.#pending.size === 0;
	}

	/** Calls `work` in turn, with a signal that the caller and `abortAll` abort. */
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
	 * Calls `work` while nothing else is asked for: whatever is run after it aborts it first, and nobody is told of its
	 * end. It takes the place of what runs aside already.
	 *
	 * @returns `undefined` if something runs or waits.
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

	/** Settles when all that was asked for so far has settled. */
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

	/** Reports `signal` overdue once it has been aborted for longer than the bound. */
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
