/** Plus one token, these are batch sizes that CPUs and GPUs process efficiently. */
const draftLengths = [3, 7, 15] as const;

/**
 * Longest time that a draft may take, in milliseconds: a running batch cannot be stopped. The limit is higher than that
 * of a prompt's piece, because batches of 16 can be the first to pay off: on one core (AMD EPYC, Q4_0), batches of 4,
 * 8, and 16 took 2.9, 5.6, and 8.3 times as long as a token.
 */
const longestDraftMs = 400;

/** The least factor by which a draft of the next length takes longer. */
const leastGrowth = 1.25;

/** The permitted loss per token without a draft, as a share of its time. */
const lossShare = 0.015;

/**
 * Most credit that successful drafts build up for later failures, in token times: enough for two of the longest drafts,
 * so that a changed word or two in a repeated passage do not stop the guessing.
 */
const largestCredit = 8;

/** Most that one draft is charged, in token times: the machine may have been busy meanwhile. */
const largestLoss = 4;

/** Weight of the newest duration in the moving average. */
const newestWeight = 0.2;

/**
 * Decides how many tokens to guess, based on the results so far. A draft is verified in one batch, which takes longer
 * than a single token and yields one token more than were guessed correctly.
 *
 * Invariant: all drafts together cost at most 1.5% of the time of the other tokens, plus the time of four tokens.
 */
export class LookupPolicy {
	#tokenMs: number | undefined;
	/** The net time that drafts saved, in token times. Below zero there are no drafts. */
	#credit = 0;
	#lengthIndex = 0;
	/** The latest cost of a draft of each length, in token times. */
	readonly #costs: number[] = [];

	/** How many tokens to guess next; 0 for none. */
	get draftTokens(): number {
		return this.#tokenMs === undefined || this.#credit < 0
			? 0
			: (draftLengths[this.#lengthIndex] ?? 0);
	}

	/** Records a token that was evaluated without a draft. */
	tokenCame(durationMs: number): void {
		this.#tokenMs =
			this.#tokenMs === undefined
				? durationMs
				: this.#tokenMs + newestWeight * (durationMs - this.#tokenMs);
		this.#earn(lossShare);
	}

	/** Records a verified draft, of which the first `accepted` tokens were correct. */
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

	/** Returns whether a draft of that length is fast enough, as far as is known. */
	#mayTake(lengthIndex: number): boolean {
		const cost = this.#costs[lengthIndex] ?? leastGrowth * (this.#costs[lengthIndex - 1] ?? 0);
		return lengthIndex < draftLengths.length && cost * (this.#tokenMs ?? 0) <= longestDraftMs;
	}

	#earn(tokens: number): void {
		this.#credit = Math.min(this.#credit + tokens, largestCredit);
	}
}
