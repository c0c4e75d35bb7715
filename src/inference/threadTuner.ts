/** Threads meet several times in each layer; tokens that are shorter tell more of that than of the machine. */
const leastTokenMs = 4;

/** Tokens until the first trial of more threads; of fewer, twice as many. No trials are closer than that. */
const earlyTokens = 8;

/** Tokens between a trial that failed and the next one of that kind: at first, and after many. */
const firstPauseTokens = 256;
const longestPauseTokens = 2048;

/** Share of the pause after which a number of threads is tried again that something speaks for. */
const hintShare = 1 / 16;

/** Tokens of a trial, unless it fails before. */
const trialTokens = 4;

/** Only a number of threads that is so much better is stayed with. */
const worthwhile = 0.93;

/** Tokens in a row that tell of a changed machine, and by which factor they take longer or shorter than usual. */
const slower = { tokens: 3, factor: 1.5 };
const faster = { tokens: 5, factor: 0.85 };

/** Two tokens in a row that take so much longer than usual are enough to know. */
const muchSlower = 3;

/** Weight of the newest token in what is usual. */
const newestWeight = 0.1;

interface Trial {
	readonly step: 1 | -1;
	/** Milliseconds of a token with the threads before. */
	readonly beforeMs: number;
	readonly tokenMs: number[];
}

/**
 * Finds the number of threads with which a token takes the least time, while the machine's load changes: llama.cpp's
 * threads wait for each other, so that on a busy machine fewer are faster.
 *
 * It tries one more or one fewer for a few tokens now and then, the less often the more often that failed; fewer at
 * once, when tokens suddenly take longer.
 */
export class ThreadTuner {
	readonly #most: number;
	#threads: number;
	#usualMs: number | undefined;
	/** The latest tokens in a row that were slower, or faster, than usual. */
	#unusual: { readonly isSlow: boolean; readonly tokenMs: number[] } | undefined;
	#trial: Trial | undefined;
	/** Tokens until the next trial of one thread more or fewer, and the pause after one that fails. */
	readonly #more = { waitTokens: earlyTokens, pauseTokens: firstPauseTokens };
	readonly #fewer = { waitTokens: 2 * earlyTokens, pauseTokens: firstPauseTokens };

	/**
	 * @param initial 1 to `most`
	 * @param most threads that are ever used
	 */
	constructor(initial: number, most: number) {
		this.#threads = initial;
		this.#most = most;
	}

	/** How many threads are to compute the next token. */
	get threads(): number {
		return this.#threads;
	}

	/** Learns how long a token took with that number of threads. */
	tokenCame(durationMs: number): void {
		if (this.#trial) {
			this.#tried(this.#trial, durationMs);
		} else {
			this.#settled(durationMs);
		}
	}

	#settled(durationMs: number): void {
		const usualMs = (this.#usualMs ??= durationMs);
		if (this.#notices(durationMs, usualMs)) {
			return;
		}
		this.#usualMs = usualMs + newestWeight * (durationMs - usualMs);
		this.#more.waitTokens -= 1;
		this.#fewer.waitTokens -= 1;
		if (usualMs < leastTokenMs) {
			return;
		}
		if (this.#more.waitTokens <= 0 && this.#threads < this.#most) {
			this.#try(1, this.#usualMs);
		} else if (this.#fewer.waitTokens <= 0 && this.#threads > 1) {
			this.#try(-1, this.#usualMs);
		}
	}

	/** @returns whether a token is so unusual that the mean is not to hold it. */
	#notices(durationMs: number, usualMs: number): boolean {
		const isSlow = durationMs > slower.factor * usualMs;
		if (durationMs < leastTokenMs || (!isSlow && durationMs > faster.factor * usualMs)) {
			this.#unusual = undefined;
			return false;
		}
		if (this.#unusual?.isSlow !== isSlow) {
			this.#unusual = { isSlow, tokenMs: [] };
		}
		const { tokenMs } = this.#unusual;
		tokenMs.push(durationMs);
		const isClear = tokenMs.filter((ms) => ms > muchSlower * usualMs).length > 1;
		if (isClear || tokenMs.length >= (isSlow ? slower : faster).tokens) {
			this.#unusual = undefined;
			this.#machineChanged(isSlow, median(tokenMs));
		}
		return true;
	}

	#machineChanged(isSlower: boolean, tokenMs: number): void {
		this.#usualMs = tokenMs;
		if (isSlower && this.#threads > 1) {
			this.#try(-1, tokenMs);
		} else if (!isSlower) {
			this.#more.waitTokens = Math.min(this.#more.waitTokens, soon(this.#more));
		}
	}

	#try(step: 1 | -1, beforeMs: number): void {
		this.#threads += step;
		this.#trial = { step, beforeMs, tokenMs: [] };
	}

	#tried({ step, beforeMs, tokenMs }: Trial, durationMs: number): void {
		tokenMs.push(durationMs);
		const isHopeless =
			durationMs > 2 * beforeMs || tokenMs.filter((ms) => ms > 1.2 * beforeMs).length > 1;
		if (!isHopeless && tokenMs.length < trialTokens) {
			return;
		}
		this.#trial = undefined;
		const [tried, other] = step > 0 ? [this.#more, this.#fewer] : [this.#fewer, this.#more];
		if (!isHopeless && median(tokenMs) < worthwhile * beforeMs) {
			this.#usualMs = median(tokenMs);
			tried.waitTokens = earlyTokens;
			tried.pauseTokens = firstPauseTokens;
			other.waitTokens = soon(other);
		} else {
			this.#threads -= step;
			tried.waitTokens = tried.pauseTokens;
			tried.pauseTokens = Math.min(2 * tried.pauseTokens, longestPauseTokens);
		}
	}
}

/** @returns tokens until a trial for which something speaks, the more the oftener it failed before. */
function soon({ pauseTokens }: { readonly pauseTokens: number }): number {
	return Math.max(earlyTokens, pauseTokens * hintShare);
}

/** @returns the lower one of the two in the middle, where there are two. */
function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}
