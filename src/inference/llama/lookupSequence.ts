import type { LlamaContextSequence, SequenceEvaluateOptions, Token } from "node-llama-cpp";
import { LookupPolicy } from "../pace/lookupPolicy";
import { PromptLookup } from "../pace/promptLookup";

type Evaluation = ReturnType<LlamaContextSequence["evaluate"]>;

/** The tokens with which the consumer of an evaluation may replace the one it was given. */
type Replacement = Parameters<Evaluation["next"]>[0];

/** Cells at the end of a context that drafts leave free, so that drafts never make the library treat it as full. */
const spareCells = 3;

/**
 * Adds prompt lookup to a sequence: where the text repeats itself, guesses the next tokens and verifies them in one
 * batch. Except for rounding, answers are those that the model gives token by token: identical with greedy sampling,
 * and otherwise drawn from the same distributions. Afterwards the sequence holds what it would hold without drafts.
 *
 * node-llama-cpp's own `InputLookupTokenPredictor` accepts at most one guess per batch (3.22), which gains nothing on a
 * CPU.
 *
 * @param pace receives how long tokens took
 */
export function withPromptLookup(sequence: LlamaContextSequence, pace: PaceListener): void {
	const drafting = new DraftingEvaluator(sequence, pace);
	sequence.evaluate = (tokens, options) => drafting.evaluate(tokens, options);
}

export interface PaceListener {
	/** Called when an answer begins. */
	onBegin(): void;
	/** Called after a token was evaluated alone. */
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
		// If a sequence cannot discard single tokens, a rejected guess costs more than guesses gain.
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
					// Created after the first token, which it would otherwise delay.
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
	 * Evaluates a token together with guesses of the tokens that follow.
	 *
	 * @param onToken called for each token of the answer after it was yielded
	 * @returns the next token, not evaluated yet
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

/** Returns the model's tokens: the correct guesses, and the token that follows them. */
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

/** Returns whether sampling uses only options that `controlledEvaluate` supports. */
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

/**
 * Returns options with a random seed. The library uses the time in seconds, which is the same for many evaluations
 * (3.22).
 */
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
