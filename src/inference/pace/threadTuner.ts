import type { CoreLoad } from "./coreLoad";

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

/** Idle cores on which one more thread will find its place, and so few that it will not. */
const freeCores = 0.75;
const hardlyFreeCores = 0.25;

/** So many cores less than threads can have, they are crowded; so many less, they no longer are. */
const crowdedCores = 0.5;
const hardlyCrowdedCores = 0.25;

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
 * once, when tokens suddenly take longer. What the cores are seen to do tells when: one more when a core has become idle
 * and none while all are busy, one fewer when other programs want the cores of its threads.
 */
export class ThreadTuner {
	readonly #most: number;
	#threads: number;
	#usualMs: number | undefined;
	/** The latest tokens in a row that were slower, or faster, than usual. */
	#unusual: { readonly isSlow: boolean; readonly tokenMs: number[] } | undefined;
	#trial: Trial | undefined;
	/** As seen last. */
	#hasFreeCore: boolean | undefined;
	#isCrowded = false;
	/** Tokens until the next trial of one thread more or fewer, and the pause after one that fails. */
	readonly #more = { waitTokens: earlyTokens, pauseTokens: firstPauseTokens };
	readonly #fewer = { waitTokens: 2 * earlyTokens, pauseTokens: firstPauseTokens };

	/** Tokens until crowded threads are reason enough for a trial of fewer, and the pause after the next one. */
	readonly #crowded = { waitTokens: 0, pauseTokens: earlyTokens };

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

	/**
	 * Learns how long a token took with that number of threads.
	 *
	 * @param load what the cores did until now, where that was seen
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

	/** @returns whether other programs want cores of its threads, and did not before. */
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

/** @returns tokens until a trial that a core which became idle speaks for: none, where none failed lately. */
function afterHint(kind: { readonly pauseTokens: number }): number {
	return kind.pauseTokens > firstPauseTokens ? soon(kind) : 0;
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
