import type { CoreLoad } from "./coreLoad";

/**
 * Threads synchronize several times in each layer. Shorter tokens are dominated by that, so they say little about the
 * machine's load.
 */
const leastTokenMs = 4;

/**
 * Tokens before the first trial of more threads; twice as many before a trial of fewer. Also the least distance between
 * trials.
 */
const earlyTokens = 8;

/** Tokens between a failed trial and the next of its kind: initially, and after many failures. */
const firstPauseTokens = 256;
const longestPauseTokens = 2048;

/** The share of the pause that remains if a hint suggests another trial. */
const hintShare = 1 / 16;

/** Tokens in a trial, unless it fails earlier. */
const trialTokens = 4;

/** A number of threads is kept only if it reduces the time per token to this share. */
const worthwhile = 0.93;

/** Consecutive tokens that indicate a changed load, and the factor by which they take longer or shorter than usual. */
const slower = { tokens: 3, factor: 1.5 };
const faster = { tokens: 5, factor: 0.85 };

/** Two consecutive tokens that take this many times as long as usual suffice. */
const muchSlower = 3;

/** The idle cores at which one more thread fits, and those at which it does not. */
const freeCores = 0.75;
const hardlyFreeCores = 0.25;

/**
 * Threads are crowded if they get this many cores fewer than their number, and no longer crowded at the other value.
 */
const crowdedCores = 0.5;
const hardlyCrowdedCores = 0.25;

/** Weight of the newest token in the moving average. */
const newestWeight = 0.1;

interface Trial {
	readonly step: 1 | -1;
	/** Time per token with the previous number of threads, in milliseconds. */
	readonly beforeMs: number;
	readonly tokenMs: number[];
}

/**
 * Finds the number of threads that minimizes the time per token while the machine's load changes. llama.cpp's threads
 * wait for each other, so fewer are faster on a busy machine.
 *
 * From time to time it tries one thread more or fewer for a few tokens, less often after failures. It tries fewer
 * immediately when tokens suddenly take longer. The load of the cores guides it: it tries one more when a core becomes
 * idle and none while all are busy, and one fewer when other programs need the cores of its threads.
 */
export class ThreadTuner {
	readonly #most: number;
	#threads: number;
	#usualMs: number | undefined;
	/** The latest consecutive tokens that were slower, or faster, than usual. */
	#unusual: { readonly isSlow: boolean; readonly tokenMs: number[] } | undefined;
	#trial: Trial | undefined;
	/** From the latest measurement. */
	#hasFreeCore: boolean | undefined;
	#isCrowded = false;
	/** Tokens before the next trial of one thread more or fewer, and the pause after a failed one. */
	readonly #more = { waitTokens: earlyTokens, pauseTokens: firstPauseTokens };
	readonly #fewer = { waitTokens: 2 * earlyTokens, pauseTokens: firstPauseTokens };

	/** Tokens before crowded threads justify a trial of fewer, and the pause after that trial. */
	readonly #crowded = { waitTokens: 0, pauseTokens: earlyTokens };

	/**
	 * @param initial 1 to `most`
	 * @param most the largest number of threads to use
	 */
	constructor(initial: number, most: number) {
		this.#threads = initial;
		this.#most = most;
	}

	/** The number of threads for the next token. */
	get threads(): number {
		return this.#threads;
	}

	/**
	 * Records how long a token took with the current number of threads.
	 *
	 * @param load what the cores did until now, if measured
	 */
	tokenCame(durationMs: number, load?: CoreLoad): void {
		const becameCrowded = load !== undefined && this.#sees(load);
		if (this.#trial) {
			this.#tried(this.#trial, durationMs);
		} else if (becameCrowded && durationMs >= leastTokenMs && this.#crowded.waitTokens <= 0) {
			this.#crowded.waitTokens = this.#crowded.pauseTokens;
			this.#crowded.pauseTokens = Math.min(2 * this.#crowded.pauseTokens, longestPauseTokens);
			this.#usualMs = durationMs;
			this.#unusual = undefined;
			this.#try(-1, durationMs);
		} else {
			this.#settled(durationMs);
		}
	}

	/** Returns whether other programs have begun to need the cores of its threads. */
	#sees({ idleCores, ownCores }: CoreLoad): boolean {
		const hadFreeCore = this.#hasFreeCore === true;
		const wasCrowded = this.#isCrowded;
		if (idleCores >= freeCores) {
			this.#hasFreeCore = true;
		} else if (idleCores <= hardlyFreeCores) {
			this.#hasFreeCore = false;
		}
		const lackingCores = this.#threads - ownCores - idleCores;
		this.#isCrowded =
			this.#threads > 1 && lackingCores > (wasCrowded ? hardlyCrowdedCores : crowdedCores);
		if (this.#hasFreeCore === true && !hadFreeCore) {
			this.#more.waitTokens = Math.min(this.#more.waitTokens, afterHint(this.#more));
		}
		return this.#isCrowded && !wasCrowded;
	}

	#settled(durationMs: number): void {
		const usualMs = (this.#usualMs ??= durationMs);
		if (this.#notices(durationMs, usualMs)) {
			return;
		}
		this.#usualMs = usualMs + newestWeight * (durationMs - usualMs);
		this.#more.waitTokens -= 1;
		this.#fewer.waitTokens -= 1;
		this.#crowded.waitTokens -= 1;
		if (usualMs < leastTokenMs) {
			return;
		}
		const mayTryMore = this.#threads < this.#most && this.#hasFreeCore !== false;
		if (this.#more.waitTokens <= 0 && mayTryMore) {
			this.#try(1, this.#usualMs);
		} else if (this.#fewer.waitTokens <= 0 && this.#threads > 1) {
			this.#try(-1, this.#usualMs);
		}
	}

	/** Returns whether a token is so unusual that it is left out of the average. */
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
			other.waitTokens = step > 0 ? other.pauseTokens : soon(other);
			this.#isCrowded = false;
			this.#crowded.waitTokens = 0;
			this.#crowded.pauseTokens = earlyTokens;
		} else {
			this.#threads -= step;
			tried.waitTokens = tried.pauseTokens;
			tried.pauseTokens = Math.min(2 * tried.pauseTokens, longestPauseTokens);
		}
	}
}

/** Returns the tokens to wait before a trial suggested by a core that became idle: none if no trial failed recently. */
function afterHint(kind: { readonly pauseTokens: number }): number {
	return kind.pauseTokens > firstPauseTokens ? soon(kind) : 0;
}

/** Returns the tokens to wait before a trial suggested by a hint, which grow with the number of failures. */
function soon({ pauseTokens }: { readonly pauseTokens: number }): number {
	return Math.max(earlyTokens, pauseTokens * hintShare);
}

/** Returns the median; the lower middle value of an even number of values. */
function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}
