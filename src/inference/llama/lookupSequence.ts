import type { LlamaContextSequence, SequenceEvaluateOptions, Token } from "node-llama-cpp";
import { LookupPolicy } from "../pace/lookupPolicy";
import { PromptLookup } from "../pace/promptLookup";

type Evaluation = ReturnType<LlamaContextSequence["evaluate"]>;

/** What the consumer of an evaluation may have in the place of the token that it was given. */
type Replacement = Parameters<Evaluation["next"]>[0];

/** Cells at the end of a context that drafts leave free, so that the library sees it full no sooner than it is. */
const spareCells = 3;

/**
 * Has a sequence guess tokens ahead where the text repeats itself, and verify them in one batch. Its answers stay those
 * that the model gives token by token, but for rounding: greedily the same, and otherwise drawn from the same
 * distributions. At their end it holds what it would hold without drafts.
 *
 * node-llama-cpp's own `InputLookupTokenPredictor` accepts one guess of a batch at most (3.22), which gains nothing on
 * a processor.
 *
 * @param pace hears how long tokens took
 */
export function withPromptLookup(sequence: LlamaContextSequence, pace: PaceListener): void {
	const drafting = new DraftingEvaluator(sequence, pace);
	sequence.evaluate = (tokens, options) => drafting.evaluate(tokens, options);
}

export interface PaceListener {
	/** An answer is begun. */
	onBegin(): void;
	/** A token was evaluated alone. */
	onToken(durationMs: number): void;
}

class DraftingEvaluator {
	readonly #sequence: LlamaContextSequence;
	readonly #pace: PaceListener;
	readonly #policy = new LookupPolicy();

	constructor(sequence: LlamaContextSequence, pace: PaceListener) {
		this.#sequence = sequence;
		this.#pace = pace;
	}

	async *evaluate(tokens: Token[], options: SequenceEvaluateOptions = {}): Evaluation {
		// Where a sequence cannot forget single tokens, a refused guess would cost more than guesses bring.
		const mayDraft = !this.#sequence.needsCheckpoints && canBeVerified(options);
		const before = mayDraft ? [...this.#sequence.contextTokens, ...tokens] : [];
		let lookup: PromptLookup<Token> | undefined;
		let plain: ReturnType<LlamaContextSequence["evaluateWithMetadata"]> | undefined;
		let input = tokens;
		this.#pace.onBegin();
		try {
			for (;;) {
				const [token] = input;
				const guesses = lookup && input.length === 1 ? this.#guess(lookup) : [];
				if (token !== undefined && guesses.length > 0) {
					await plain?.return();
					plain = undefined;
					input = yield* this.#verified(token, guesses, options, (next) => lookup?.push(next));
					continue;
				}
				plain ??= this.#sequence.evaluateWithMetadata(input, {}, seeded(options));
				const startedAt = performance.now();
				const { value, done } = await plain.next(input);
				if (done === true) {
					return;
				}
				if (input.length === 1) {
					const durationMs = performance.now() - startedAt;
					this.#policy.tokenCame(durationMs);
					this.#pace.onToken(durationMs);
				}
				input = asTokens(yield value.token, value.token);
				if (mayDraft) {
					// Not before the first token is out, which it would delay.
					lookup ??= new PromptLookup(before);
					input.forEach((next) => lookup?.push(next));
				}
			}
		} finally {
			await plain?.return();
		}
	}

	#guess(lookup: PromptLookup<Token>): readonly Token[] {
		const { model, nextTokenIndex, contextSize } = this.#sequence;
		const room = contextSize - spareCells - nextTokenIndex;
		const guesses = lookup.guess(Math.min(this.#policy.draftTokens, Math.max(room, 0)));
		const end = guesses.findIndex((token) => model.isEogToken(token));
		return end < 0 ? guesses : guesses.slice(0, end);
	}

	/**
	 * Evaluates a token with the guesses of what follows it.
	 *
	 * @param onToken hears of each token of the answer once it is out
	 * @returns what comes next, not evaluated yet
	 */
	async *#verified(
		token: Token,
		guesses: readonly Token[],
		options: SequenceEvaluateOptions,
		onToken: (token: Token) => void,
	): AsyncGenerator<Token, Token[], Replacement> {
		const generateNext = { token: true, options: seeded(options) };
		let keptTokens = this.#sequence.nextTokenIndex + 1;
		try {
			const startedAt = performance.now();
			const verified = await this.#sequence.controlledEvaluate(
				[token, ...guesses].map((guess) => [guess, { generateNext }]),
			);
			const answer = rightTokens(guesses, verified);
			this.#policy.draftVerified(guesses.length, answer.length - 1, performance.now() - startedAt);
			for (const [index, next] of answer.entries()) {
				const input = asTokens(yield next, next);
				input.forEach(onToken);
				if (index === answer.length - 1 || input.length !== 1 || input[0] !== next) {
					return input;
				}
				keptTokens += 1;
			}
			return [];
		} finally {
			await this.#forgetFrom(keptTokens);
		}
	}

	async #forgetFrom(start: number): Promise<void> {
		if (!this.#sequence.disposed && this.#sequence.nextTokenIndex > start) {
			const end = this.#sequence.nextTokenIndex;
			await this.#sequence.eraseContextTokenRanges([{ start, end }]);
		}
	}
}

/** @returns the tokens that the model gives: guesses that are right, and the one that follows them. */
function rightTokens(
	guesses: readonly Token[],
	verified: Awaited<ReturnType<LlamaContextSequence["controlledEvaluate"]>>,
): readonly Token[] {
	const answer: Token[] = [];
	for (const [index, output] of verified.entries()) {
		const next = output?.next.token;
		if (next === null || next === undefined) {
			break;
		}
		answer.push(next);
		if (next !== guesses[index]) {
			break;
		}
	}
	return answer;
}

/** @returns whether tokens are drawn in the one way that `controlledEvaluate` knows too. */
function canBeVerified(options: SequenceEvaluateOptions): boolean {
	const { grammarEvaluationState: grammar, yieldEogToken } = options;
	const hasGrammar = (typeof grammar === "function" ? grammar() : grammar) !== undefined;
	const { xtc, repeatPenalty, dryRepeatPenalty, tokenBias } = options;
	return (
		yieldEogToken === true &&
		!hasGrammar &&
		[xtc, repeatPenalty, dryRepeatPenalty, tokenBias].every((option) => option === undefined)
	);
}

/** @returns options with a seed: the library takes the seconds of the clock, the same for many evaluations (3.22). */
function seeded(options: SequenceEvaluateOptions): SequenceEvaluateOptions {
	return options.temperature === undefined || options.temperature === 0
		? options
		: { ...options, seed: options.seed ?? Math.floor(Math.random() * 2 ** 32) };
}

function asTokens(replacement: Replacement, token: Token): Token[] {
	if (replacement === undefined) {
		return [token];
	}
	return typeof replacement === "object" ? replacement : [replacement];
}
