/**
 * Bytes of a state that are read, verified, and passed to llama.cpp per millisecond. Measured with sequences of up to
 * 4,000 tokens in the shape of Llama-3.2-1B (docs/adr/0025-prompt-cache.md), then halved, since other disks are slower.
 */
const loadBytesPerMs = 250_000;

/** Longest time that writing a state should take, in milliseconds: it cannot be aborted. */
const longestWriteMs = 1000;

/**
 * Bytes written per millisecond, assumed until a state of sufficient size was written. Measured, including the
 * checksum.
 */
export const assumedWriteBytesPerMs = 300_000;

/** Writing a smaller state says nothing about writing a larger one. */
const leastTellingBytes = 2 ** 23;

/** Fixed cost of loading a state, in milliseconds. */
const loadOverheadMs = 20;

/** At most one part in this many of the context is lost with a killed process. */
const unsavedShare = 8;

/** How fast a model evaluates prompts, and the least time that a state must save. */
export interface EvaluationCost {
	/** The latest measurement on this machine. */
	readonly msPerToken: number;
	/** States that save less time are neither written nor looked up, in milliseconds. */
	readonly leastGainMs: number;
}

/** Returns whether a state could save enough time on evaluating `tokens` to look for one. */
export function isWorthLooking(
	tokens: number,
	{ msPerToken, leastGainMs }: EvaluationCost,
): boolean {
	return tokens > 0 && tokens * msPerToken >= leastGainMs;
}

/**
 * Returns whether loading a state is faster than evaluating its tokens.
 *
 * @param gainedTokens the tokens that need no evaluation with the state
 */
export function isFasterToLoad(
	gainedTokens: number,
	stateBytes: number,
	{ msPerToken, leastGainMs }: EvaluationCost,
): boolean {
	const gainMs = gainedTokens * msPerToken - loadOverheadMs - stateBytes / loadBytesPerMs;
	return gainMs > 0 && gainMs >= leastGainMs;
}

/** Returns whether to save tokens that the context is about to lose and no state contains. */
export function isWorthSaving(
	lostTokens: number,
	{ msPerToken, leastGainMs }: EvaluationCost,
): boolean {
	return lostTokens > 0 && lostTokens * msPerToken >= leastGainMs;
}

/** Returns whether a state is written fast enough to go unnoticed. */
export function isWrittenSoon(stateBytes: number, writeBytesPerMs: number): boolean {
	return stateBytes <= writeBytesPerMs * longestWriteMs;
}

/** Returns the expected write speed of the next state, after one that took `durationMs`. */
export function nextWriteBytesPerMs(
	writeBytesPerMs: number,
	stateBytes: number,
	durationMs: number,
): number {
	return stateBytes < leastTellingBytes ? writeBytesPerMs : stateBytes / Math.max(durationMs, 1);
}

/**
 * Returns whether to save a context although its model stays in memory.
 *
 * Saving when a fixed share of the context is unsaved limits both the loss when a process is killed, and the total
 * written: to about eight times the last state of a conversation, however many answers it has.
 */
export function isWorthSavingMeanwhile(
	heldTokens: number,
	unsavedTokens: number,
	cost: EvaluationCost,
): boolean {
	return unsavedTokens * unsavedShare >= heldTokens && isWorthSaving(unsavedTokens, cost);
}
