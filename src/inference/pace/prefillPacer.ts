/** Longest time that one piece of a prompt should take, in milliseconds: a running batch cannot be aborted. */
export const pieceBudgetMs = 250;

/** Below the budget, because the next piece attends to a longer context and the machine may get busier. */
const targetMs = 0.8 * pieceBudgetMs;

/** Small enough for a large model on a slow CPU. */
const firstPieceTokens = 4;

/** A small piece understates the rate of larger ones, so sizes settle within a few pieces. */
const largestGrowth = 4;

/** Splits prompts into pieces that take at most a quarter of a second at the rate measured so far. */
export class PrefillPacer {
	readonly #batchTokens: number;
	#tokensPerMs: number | undefined;
	#largestDone = 0;

	/** @param batchTokens the most tokens that llama.cpp evaluates in one batch */
	constructor(batchTokens: number) {
		this.#batchTokens = batchTokens;
	}

	/** How many tokens to evaluate next, at least 1. */
	get nextTokens(): number {
		if (this.#tokensPerMs === undefined) {
			return Math.min(firstPieceTokens, this.#batchTokens);
		}
		const affordable = Math.floor(this.#tokensPerMs * targetMs);
		const grown = Math.max(this.#largestDone, firstPieceTokens) * largestGrowth;
		return Math.max(1, Math.min(affordable, grown, this.#batchTokens));
	}

	/** The recent time per token; `undefined` before the first piece. */
	get msPerToken(): number | undefined {
		return this.#tokensPerMs === undefined ? undefined : 1 / this.#tokensPerMs;
	}

	/** Records an evaluated piece. */
	record(tokens: number, durationMs: number): void {
		// The short last piece of a prompt says little about a full one, unless even it took too long.
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
