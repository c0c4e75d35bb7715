import type { LlamaContextSequence, Token } from "node-llama-cpp";
import type { PreloadProgress } from "../../protocol/inference/inference";
import { PrefillPacer } from "../pace/prefillPacer";
import { ContextCache, type OpenPromptCache } from "./contextCache";

/**
 * Evaluates prompts into a context, which keeps the last one: only the part of the next prompt that differs is
 * evaluated.
 */
export class PromptEvaluator {
	readonly #sequence: LlamaContextSequence;
	readonly #pacer: PrefillPacer;
	readonly #states: ContextCache | undefined;

	constructor(sequence: LlamaContextSequence, savedStates: OpenPromptCache | undefined) {
		this.#sequence = sequence;
		this.#pacer = new PrefillPacer(sequence.context.batchSize);
		this.#states = savedStates && new ContextCache(sequence, this.#pacer, savedStates);
	}

	/**
	 * Evaluates the tokens that the context does not hold, except the last one, which starts the answer.
	 *
	 * @param onProgress receives the number of tokens evaluated so far, not counting those that the context held
	 * @param stays how many of `tokens` also begin the next prompt; a sequence that can only return to checkpoints gets
	 * one there
	 * @returns how many tokens of the prompt the context did not hold, including the last one; `undefined` if aborted
	 */
	async evaluate(
		tokens: readonly Token[],
		onProgress: (doneTokens: number, totalTokens: number) => void,
		signal: AbortSignal,
		stays = 0,
	): Promise<number | undefined> {
		const body = tokens.slice(0, -1);
		await this.#states?.changeTo(body, "answer", signal);
		await this.#sequence.adaptStateToTokens(body, false);
		const held = this.#sequence.nextTokenIndex;
		const totalTokens = tokens.length - held;
		const onPiece = (next: number): void => {
			onProgress(next - held, totalTokens);
		};
		if (stays > 0) {
			await this.#goOnTo(body.slice(0, stays), onPiece, signal);
			await this.#sequence.takeCheckpoint();
		}
		return (await this.#goOnTo(body, onPiece, signal)) ? totalTokens : undefined;
	}

	/** Evaluates the part of a prompt's beginning that the context does not hold, until `signal` is aborted. */
	async preload(start: readonly Token[], signal: AbortSignal): Promise<PreloadProgress> {
		// Some models can only return to checkpoints. Without one before the message being typed, discarding the message
		// would discard the whole conversation.
		await this.#sequence.takeCheckpoint();
		await this.#states?.changeTo(start, "draft", signal);
		await this.#sequence.adaptStateToTokens([...start], false);
		const heldBefore = this.#sequence.nextTokenIndex;
		await this.#goOnTo(start, () => undefined, signal);
		const heldTokens = this.#sequence.nextTokenIndex;
		return { evaluatedTokens: heldTokens - heldBefore, heldTokens };
	}

	/**
	 * Evaluates the rest of `tokens` in pieces.
	 *
	 * @param onPiece receives the index of each piece's first token
	 * @returns `false` if aborted before the end
	 */
	async #goOnTo(
		tokens: readonly Token[],
		onPiece: (next: number) => void,
		signal: AbortSignal,
	): Promise<boolean> {
		let next = this.#sequence.nextTokenIndex;
		while (next < tokens.length) {
			if (signal.aborted) {
				return false;
			}
			onPiece(next);
			const piece = tokens.slice(next, next + this.#pacer.nextTokens);
			const startedAt = performance.now();
			await this.#sequence.evaluateWithoutGeneratingNewTokens(piece);
			this.#pacer.record(piece.length, performance.now() - startedAt);
			next += piece.length;
		}
		return true;
	}

	/** See `Engine.saveToCache`. */
	async saveToCache(moment: "rest" | "end", signal: AbortSignal): Promise<void> {
		await this.#states?.save(moment, signal);
	}
}
