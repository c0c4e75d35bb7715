/**
 * Runs requests one at a time, and background work after a quiet period without requests.
 *
 * Only these turns know when the engine is quiet. They never abort a request: `TurnQueue`, in the host, does that, and
 * `RunningAnswers` ties answers to chats, which the inference process does not know.
 */
export class RequestTurns {
	readonly #quietMs: number;
	readonly #onQuiet: (signal: AbortSignal) => Promise<void>;
	#last: Promise<unknown> = Promise.resolve();
	#underWay = 0;
	#timer: NodeJS.Timeout | undefined;
	#quiet = new AbortController();

	/**
	 * @param quietMs how long no request may run or arrive before `onQuiet` is called, in milliseconds
	 * @param onQuiet runs in turn; its signal aborts when a request arrives; a rejection is ignored
	 */
	constructor(quietMs: number, onQuiet: (signal: AbortSignal) => Promise<void>) {
		this.#quietMs = quietMs;
		this.#onQuiet = onQuiet;
	}

	/** Whether a request is running or waiting. */
	get isBusy(): boolean {
		return this.#underWay > 0;
	}

	/** Runs `work` after all earlier requests. */
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

	/** Resolves when all work so far has settled. Cancels a quiet period that has begun. */
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
