/**
 * Bytes of a state that are read, checked and handed to llama.cpp in one millisecond. Measured with sequences of up to
 * 4,000 tokens in the shape of Llama-3.2-1B (docs/adr/0025-prompt-cache.md) and halved: other disks are slower.
 */
const loadBytesPerMs = 250_000;

/** Longest that a state should take to be written, in milliseconds: that cannot be aborted. */
const longestWriteMs = 1000;

/** Bytes that are written in one millisecond, until a state of some size was. As measured, the checksum included. */
export const assumedWriteBytesPerMs = 300_000;

/** A smaller state's writing says nothing of a larger one's. */
const leastTellingBytes = 2 ** 23;

/** What a load costs whatever the size of the state, in milliseconds. */
const loadOverheadMs = 20;

/** Of what the context holds, at most one part in so many is lost with a process that is killed. */
const unsavedShare = 8;

/** How fast a model evaluates prompts, and the least time that a state must spare. */
export interface EvaluationCost {
	/** As measured last on this machine. */
	readonly msPerToken: number;
	/** What spares less is neither saved nor looked for, in milliseconds. */
	readonly leastGainMs: number;
}

/** @returns whether a state could spare enough of evaluating `tokens` for it to be looked for. */
export function isWorthLooking(
	tokens: number,
	{ msPerToken, leastGainMs }: EvaluationCost,
): boolean {
	return tokens > 0 && tokens * msPerToken >= leastGainMs;
}

/**
 * @param gainedTokens that need not be evaluated with the state
 * @returns whether loading it is faster than evaluating them.
 */
export function isFasterToLoad(
	gainedTokens: number,
	stateBytes: number,
	{ msPerToken, leastGainMs }: EvaluationCost,
): boolean {
	const gainMs = gainedTokens * msPerToken - loadOverheadMs - stateBytes / loadBytesPerMs;
	return gainMs > 0 && gainMs >= leastGainMs;
}

/** @returns whether tokens that the context is about to lose, and no state has, are worth a state. */
export function isWorthSaving(
	lostTokens: number,
	{ msPerToken, leastGainMs }: EvaluationCost,
): boolean {
	return lostTokens > 0 && lostTokens * msPerToken >= leastGainMs;
}

/** @returns whether a state is written before anybody minds. */
export function isWrittenSoon(stateBytes: number, writeBytesPerMs: number): boolean {
	return stateBytes <= writeBytesPerMs * longestWriteMs;
}

/** @returns how fast the next state is expected to be written, after one that took `durationMs`. */
export function nextWriteBytesPerMs(
	writeBytesPerMs: number,
	stateBytes: number,
	durationMs: number,
): number {
	return stateBytes < leastTellingBytes ? writeBytesPerMs : stateBytes / Math.max(durationMs, 1);
}

/**
 * The rule while nothing is lost yet. Saving at a share of what is held bounds both: what a killed process loses, and
 * what is written, to some eight times the last state of a conversation however many answers led there.
 *
 * @returns whether a context is worth a state though its model stays in memory.
 */
export function isWorthSavingMeanwhile(
	heldTokens: number,
	unsavedTokens: number,
	cost: EvaluationCost,
): boolean {
	return unsavedTokens * unsavedShare >= heldTokens && isWorthSaving(unsavedTokens, cost);
}
