/** Does what is asked one after the other, and something else once nothing was asked for a while. */
export class RequestTurns {
	readonly #quietMs: number;
	readonly #onQuiet: (signal: AbortSignal) => Promise<void>;
	#last: Promise<unknown> = Promise.resolve();
	#underWay = 0;
	#timer: NodeJS.Timeout | undefined;
	#quiet = new AbortController();

	/** @param onQuiet takes its turn too, aborted when something is asked; what it rejects with is dropped */
	constructor(quietMs: number, onQuiet: (signal: AbortSignal) => Promise<void>) {
		this.#quietMs = quietMs;
		this.#onQuiet = onQuiet;
	}

	/** Something that was asked for is being done, or waits. */
	get isBusy(): boolean {
		return this.#underWay > 0;
	}

	/** Does `work` after all that was asked for before. */
	run<R>(work: () => Promise<R>): Promise<R> {
		clearTimeout(this.#timer);
		this.#quiet.abort();
		this.#underWay += 1;
		const result = this.#queue(work);
		void this.#last.then(() => {
			this.#underWay -= 1;
			if (!this.isBusy) {
				this.#timer = setTimeout(() => void this.#beQuiet(), this.#quietMs).unref();
			}
		});
		return result;
	}

	/** Settles when nothing is being done any more. */
	async settled(): Promise<void> {
		clearTimeout(this.#timer);
		await this.#last;
	}

	#beQuiet(): Promise<void> {
		const { signal } = (this.#quiet = new AbortController());
		return this.#queue(() => this.#onQuiet(signal));
	}

	#queue<R>(work: () => Promise<R>): Promise<R> {
		const result = this.#last.then(work);
		this.#last = result.catch(() => undefined);
		return result;
	}
}
