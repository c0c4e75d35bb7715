import type { LlamaContextSequence, Token } from "node-llama-cpp";
import { PrefillPacer } from "../prefillPacer";
import { ContextStates, type SavedStates } from "./contextStates";

/** Brings prompts into a context, which keeps what it evaluated last: of the next prompt only what differs is evaluated. */
export class PromptEvaluator {
	readonly #sequence: LlamaContextSequence;
	readonly #pacer: PrefillPacer;
	readonly #states: ContextStates | undefined;

	constructor(sequence: LlamaContextSequence, savedStates: SavedStates | undefined) {
		this.#sequence = sequence;
		this.#pacer = new PrefillPacer(sequence.context.batchSize);
		this.#states = savedStates && new ContextStates(sequence, this.#pacer, savedStates);
	}

	/**
	 * Evaluates what the context does not hold of all but the last token: that one starts the answer.
	 *
	 * @param onProgress tokens evaluated so far, of those that the context did not hold
	 * @returns how many tokens of the prompt the context did not hold, the last one included; `undefined` if aborted.
	 */
	async evaluate(
		tokens: readonly Token[],
		onProgress: (doneTokens: number, totalTokens: number) => void,
		signal: AbortSignal,
	): Promise<number | undefined> {
		const body = tokens.slice(0, -1);
		await this.#states?.changeTo(body, signal);
		await this.#sequence.adaptStateToTokens(body, false);
		const held = this.#sequence.nextTokenIndex;
		const totalTokens = tokens.length - held;
		let next = held;
		while (next < body.length) {
			if (signal.aborted) {
				return undefined;
			}
			onProgress(next - held, totalTokens);
			const piece = body.slice(next, next + this.#pacer.nextTokens);
			const startedAt = performance.now();
			await this.#sequence.evaluateWithoutGeneratingNewTokens(piece);
			this.#pacer.record(piece.length, performance.now() - startedAt);
			next += piece.length;
		}
		return totalTokens;
	}

	/** As `Engine.saveState`. */
	async saveState(moment: "rest" | "end", signal: AbortSignal): Promise<void> {
		await this.#states?.save(moment, signal);
	}
}
