import { pieceBudgetMs } from "./prefillPacer";

/** With one token more, batches that processors and GPUs are quick at. */
const draftLengths = [3, 7, 15] as const;

/** What may be lost for each token that comes without a draft, as a share of its time. */
const lossShare = 0.015;

/** Most that successful drafts put aside for later failures, in tokens' time. */
const largestCredit = 2;

/** Most that one draft is held to have cost: the machine may have been busy meanwhile. In tokens' time. */
const largestLoss = 4;

/** Weight of the newest duration in the mean. */
const newestWeight = 0.2;

/**
 * Decides how many tokens are guessed ahead, by what guesses brought so far: a draft of guesses is verified in one
 * batch, which takes longer than a token alone and gives as many tokens as were guessed right, and one more.
 *
 * Invariant: all drafts together cost at most 1.5 % of the time of the other tokens, and that of four tokens.
 */
export class DraftPolicy {
	#tokenMs: number | undefined;
	/** The time that drafts gained, in tokens' time; below zero there are no drafts. */
	#credit = 0;
	#lengthIndex = 0;

	/** How many tokens to guess next; 0: none. */
	get draftTokens(): number {
		return this.#tokenMs === undefined || this.#credit < 0
			? 0
			: (draftLengths[this.#lengthIndex] ?? 0);
	}

	/** Learns from a token that came without a draft. */
	tokenCame(durationMs: number): void {
		this.#tokenMs =
			this.#tokenMs === undefined
				? durationMs
				: this.#tokenMs + newestWeight * (durationMs - this.#tokenMs);
		this.#earn(lossShare);
	}

	/** Learns from a draft that was verified, of which the first `accepted` tokens were right. */
	draftVerified(guessed: number, accepted: number, durationMs: number): void {
		const tokenMs = Math.max(this.#tokenMs ?? durationMs, 0.001);
		this.#earn(Math.max(accepted + 1 - durationMs / tokenMs, -largestLoss));
		const isWhole = accepted === guessed;
		// A running batch cannot be stopped.
		const mayGrow = isWhole && 2 * durationMs <= pieceBudgetMs;
		if (mayGrow && guessed === draftLengths[this.#lengthIndex]) {
			this.#lengthIndex = Math.min(this.#lengthIndex + 1, draftLengths.length - 1);
		} else if (!isWhole) {
			this.#lengthIndex = 0;
		}
	}

	#earn(tokens: number): void {
		this.#credit = Math.min(this.#credit + tokens, largestCredit);
	}
}
