/** Longest that one piece of a prompt should take, in milliseconds: a running batch cannot be aborted. */
export const pieceBudgetMs = 250;

/** Aims below the budget, because the next piece attends to a longer context and the machine may get busier. */
const targetMs = 0.8 * pieceBudgetMs;

/** Small enough for a large model on a slow processor. */
const firstPieceTokens = 4;

/** A small piece understates the rate of larger ones, so sizes settle within a few pieces. */
const largestGrowth = 4;

/** Cuts prompts into pieces that take at most a quarter of a second at the rate measured so far. */
export class PrefillPacer {
	readonly #batchTokens: number;
	#tokensPerMs: number | undefined;
	#largestDone = 0;

	/** @param batchTokens the most tokens that llama.cpp evaluates as one batch. */
	constructor(batchTokens: number) {
		this.#batchTokens = batchTokens;
	}

	/** @returns how many tokens to evaluate next, at least 1. */
	get nextTokens(): number {
		if (this.#tokensPerMs === undefined) {
			return Math.min(firstPieceTokens, this.#batchTokens);
		}
		const affordable = Math.floor(this.#tokensPerMs * targetMs);
		const grown = Math.max(this.#largestDone, firstPieceTokens) * largestGrowth;
		return Math.max(1, Math.min(affordable, grown, this.#batchTokens));
	}

	/** How long a token of a piece took lately; `undefined` before the first piece. */
	get msPerToken(): number | undefined {
		return this.#tokensPerMs === undefined ? undefined : 1 / this.#tokensPerMs;
	}

	/** Learns from a piece that was evaluated. */
	record(tokens: number, durationMs: number): void {
		// The short end of a prompt says little of a full piece, unless even that took too long.
		if (
			this.#tokensPerMs === undefined ||
			tokens >= this.nextTokens ||
			durationMs > pieceBudgetMs
		) {
			this.#tokensPerMs = tokens / Math.max(durationMs, 0.01);
		}
		this.#largestDone = Math.max(this.#largestDone, tokens);
	}
}
