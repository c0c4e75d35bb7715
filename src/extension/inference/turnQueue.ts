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
	#last: Promise<unknown> = Promise.resolve();

	constructor(options: TurnQueueOptions) {
		this.#options = options;
	}

	/** Nothing runs or waits. */
	get isIdle(): boolean {
		return this.#pending.size === 0;
	}

	/** Calls `work` in turn, with a signal that the caller and `abortAll` abort. */
	run<R>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<R>): Promise<R> {
		const own = new AbortController();
		this.#pending.add(own);
		const either = AbortSignal.any([signal, own.signal]);
		const result = this.#last.then(async () => {
			const unwatch = this.#watch(either);
			try {
				return await work(either);
			} finally {
				unwatch();
				this.#pending.delete(own);
				if (this.isIdle) {
					this.#options.onIdle();
				}
			}
		});
		this.#last = result.catch(() => undefined);
		return result;
	}

	abortAll(): void {
		for (const controller of this.#pending) {
			controller.abort();
		}
	}

	/** Settles when all that was asked for so far has settled. */
	async drained(): Promise<void> {
		await this.#last;
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
