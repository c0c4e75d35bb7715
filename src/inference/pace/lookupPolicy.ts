/** With one token more, batches that processors and GPUs are quick at. */
const draftLengths = [3, 7, 15] as const;

/**
 * Longest that a draft may take, in milliseconds: a running batch cannot be stopped. Longer than a piece of a prompt,
 * because batches of 16 can be the first that pay: on one core (AMD EPYC, Q4_0) those of 4, 8 and 16 took 2.9, 5.6 and
 * 8.3 times as long as a token.
 */
const longestDraftMs = 400;

/** The least by which a draft of the next length takes longer. */
const leastGrowth = 1.25;

/** What may be lost for each token that comes without a draft, as a share of its time. */
const lossShare = 0.015;

/**
 * Most that successful drafts put aside for later failures, in tokens' time: enough for two of the longest drafts, so that
 * a changed word or two in a repeated passage do not end the guessing there.
 */
const largestCredit = 8;

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
export class LookupPolicy {
	#tokenMs: number | undefined;
	/** The time that drafts gained, in tokens' time; below zero there are no drafts. */
	#credit = 0;
	#lengthIndex = 0;
	/** What a draft of each length took last, in tokens' time. */
	readonly #costs: number[] = [];

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
		const cost = durationMs / tokenMs;
		this.#earn(Math.max(accepted + 1 - cost, -largestLoss));
		const isFull = guessed === draftLengths[this.#lengthIndex];
		if (isFull) {
			this.#costs[this.#lengthIndex] = cost;
		}
		if (accepted < guessed || !this.#mayTake(this.#lengthIndex)) {
			this.#lengthIndex = 0;
		} else if (isFull && this.#mayTake(this.#lengthIndex + 1)) {
			this.#lengthIndex += 1;
		}
	}

	/** @returns whether a draft of that length is short enough, as far as that is known. */
	#mayTake(lengthIndex: number): boolean {
		const cost = this.#costs[lengthIndex] ?? leastGrowth * (this.#costs[lengthIndex - 1] ?? 0);
		return lengthIndex < draftLengths.length && cost * (this.#tokenMs ?? 0) <= longestDraftMs;
	}

	#earn(tokens: number): void {
		this.#credit = Math.min(this.#credit + tokens, largestCredit);
	}
}
