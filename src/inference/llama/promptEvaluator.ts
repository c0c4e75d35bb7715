import type { LlamaContextSequence, Token } from "node-llama-cpp";
import type { PreloadProgress } from "../../protocol/inference/inference";
import { PrefillPacer } from "../pace/prefillPacer";
import { ContextCache, type OpenPromptCache } from "./contextCache";

/** Brings prompts into a context, which keeps what it evaluated last: of the next prompt only what differs is evaluated. */
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
	 * Evaluates what the context does not hold of all but the last token: that one starts the answer.
	 *
	 * @param onProgress tokens evaluated so far, of those that the context did not hold
	 * @param stays of `tokens` so many begin the next prompt too; there a sequence that goes back to marks alone gets one
	 * @returns how many tokens of the prompt the context did not hold, the last one included; `undefined` if aborted.
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

	/** Evaluates what the context does not hold of a prompt's beginning, or as much of it as comes before `signal`. */
	async preload(start: readonly Token[], signal: AbortSignal): Promise<PreloadProgress> {
		// Some models cannot go back to any token, but to marks. Without one before what is being written, giving that
		// up would cost the whole conversation.
		await this.#sequence.takeCheckpoint();
		await this.#states?.changeTo(start, "draft", signal);
		await this.#sequence.adaptStateToTokens([...start], false);
		const heldBefore = this.#sequence.nextTokenIndex;
		await this.#goOnTo(start, () => undefined, signal);
		const heldTokens = this.#sequence.nextTokenIndex;
		return { evaluatedTokens: heldTokens - heldBefore, heldTokens };
	}

	/**
	 * Evaluates in pieces what follows in `tokens` what the context holds.
	 *
	 * @param onPiece hears of the index of each piece's first token
	 * @returns `false` if aborted before the end.
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

	/** As `Engine.saveState`. */
	async saveToCache(moment: "rest" | "end", signal: AbortSignal): Promise<void> {
		await this.#states?.save(moment, signal);
	}
}
