/** How far a prompt was read at some moment. */
export interface ReadingMark {
	/** Epoch milliseconds. */
	readonly atMs: number;
	/** Tokens of those that the context did not hold. */
	readonly doneTokens: number;
}

/** How far a prompt is read that takes its time. */
export interface ReadingTime {
	/** 0 to 1. */
	readonly fraction: number;
	/** As long as it goes on at the rate so far. */
	readonly leftSeconds: number;
}

/** What takes no longer is over before figures can be read. */
const worthTellingMs = 1000;

/** Sooner, a rate says little: the first pieces of a prompt are a few tokens each. */
const leastMeasuredMs = 500;

/** @returns `undefined` where reading takes a second at most, or nothing can be said yet. */
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
