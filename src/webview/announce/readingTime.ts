/** The progress of a prefill at one moment. */
export interface ReadingMark {
	/** In epoch milliseconds. */
	readonly atMs: number;
	/** The number of evaluated tokens, of those that were not in the context. */
	readonly doneTokens: number;
}

/** The progress of a long prefill. */
export interface ReadingTime {
	/** 0 to 1. */
	readonly fraction: number;
	/** The estimated time left, at the rate so far. */
	readonly leftSeconds: number;
}

/** A shorter prefill ends before the figures can be read. */
const worthTellingMs = 1000;

/** Earlier, the rate is unreliable, because the first batches of a prompt are small. */
const leastMeasuredMs = 500;

/** Returns the progress; `undefined` if the prefill takes at most a second, or if no estimate is possible yet. */
export function readingTime(
	first: ReadingMark,
	last: ReadingMark,
	totalTokens: number,
): ReadingTime | undefined {
	const measuredMs = last.atMs - first.atMs;
	const measuredTokens = last.doneTokens - first.doneTokens;
	if (measuredMs < leastMeasuredMs || measuredTokens <= 0) {
		return undefined;
	}
	const msPerToken = measuredMs / measuredTokens;
	return msPerToken * (totalTokens - first.doneTokens) > worthTellingMs
		? {
				fraction: last.doneTokens / totalTokens,
				leftSeconds: (msPerToken * (totalTokens - last.doneTokens)) / 1000,
			}
		: undefined;
}
