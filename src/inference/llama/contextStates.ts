import type { LlamaContextSequence, Token } from "node-llama-cpp";
import type { ChildLog } from "../../child/hostConnection";
import type { PrefillPacer } from "../prefillPacer";
import { commonPrefix } from "../states/commonPrefix";
import {
	assumedWriteBytesPerMs,
	isFasterToLoad,
	isWorthLooking,
	isWorthSaving,
	isWorthSavingMeanwhile,
	isWrittenSoon,
	nextWriteBytesPerMs,
	type EvaluationCost,
} from "../states/stateRule";
import type { StateStore } from "../states/stateStore";

/** The states of one model, and what they are for. */
export interface SavedStates {
	readonly store: StateStore;
	/** What spares less is neither saved nor loaded, in milliseconds. */
	readonly leastGainMs: number;
	readonly log: ChildLog;
}

/** What a context holds, saved before it is lost and had back where that is faster than evaluating it again. */
export class ContextStates {
	readonly #sequence: LlamaContextSequence;
	readonly #pacer: PrefillPacer;
	readonly #states: SavedStates;
	/** The tokens of the state that was saved or loaded last. */
	#saved: readonly Token[] = [];
	/** The store's mark from before what the context holds was evaluated. */
	#mark: string | undefined;
	#writeBytesPerMs = assumedWriteBytesPerMs;

	constructor(sequence: LlamaContextSequence, pacer: PrefillPacer, states: SavedStates) {
		this.#sequence = sequence;
		this.#pacer = pacer;
		this.#states = states;
	}

	/** Saves what the context is about to lose, and gives it what there is of `tokens`, where either is worth it. */
	async changeTo(tokens: readonly Token[], signal: AbortSignal): Promise<void> {
		const held = this.#sequence.contextTokens;
		const heldCommon = commonPrefix(held, tokens);
		const msPerToken = this.#pacer.msPerToken;
		if (msPerToken !== undefined) {
			const kept = Math.max(heldCommon, commonPrefix(this.#saved, held));
			if (isWorthSaving(held.length - kept, this.#cost(msPerToken))) {
				await this.#save(msPerToken, signal);
			}
		}
		this.#mark = await this.#states.store.mark();
		const missing = tokens.length - heldCommon;
		// Before the first piece a state tells how fast its tokens were evaluated.
		if (msPerToken === undefined || isWorthLooking(missing, this.#cost(msPerToken))) {
			await this.#load(tokens, heldCommon, signal);
		}
	}

	/** Saves what the context holds, if that is worth it. @param moment "rest": nothing is about to be lost */
	async save(moment: "rest" | "end", signal: AbortSignal): Promise<void> {
		const msPerToken = this.#pacer.msPerToken;
		if (msPerToken === undefined) {
			return;
		}
		const held = this.#sequence.contextTokens;
		const unsaved = held.length - commonPrefix(this.#saved, held);
		const cost = this.#cost(msPerToken);
		const isWorthIt =
			moment === "end"
				? isWorthSaving(unsaved, cost)
				: isWorthSavingMeanwhile(held.length, unsaved, cost);
		if (isWorthIt) {
			await this.#save(msPerToken, signal);
		}
	}

	async #save(msPerToken: number, signal: AbortSignal): Promise<void> {
		const expectedBytes = this.#sequence.context.stateSize;
		if (
			signal.aborted ||
			this.#mark === undefined ||
			!isWrittenSoon(expectedBytes, this.#writeBytesPerMs)
		) {
			return;
		}
		const { store, log } = this.#states;
		const startedAt = performance.now();
		const tokens = this.#sequence.contextTokens;
		const state = { tokens, msPerToken, expectedBytes, mark: this.#mark };
		const write = (file: string): Promise<number> => this.#write(file);
		const saved = await store.save({ ...state, write }, signal);
		if (saved) {
			this.#saved = tokens;
			log("info", `saved the state of ${tokens.length} tokens in ${since(startedAt)} ms`);
		}
	}

	async #write(file: string): Promise<number> {
		const startedAt = performance.now();
		const { fileSize } = await this.#sequence.saveStateToFile(file);
		const durationMs = performance.now() - startedAt;
		this.#writeBytesPerMs = nextWriteBytesPerMs(this.#writeBytesPerMs, fileSize, durationMs);
		return fileSize;
	}

	async #load(tokens: readonly Token[], heldCommon: number, signal: AbortSignal): Promise<void> {
		const { store, log } = this.#states;
		const startedAt = performance.now();
		const found = await store.longest(tokens, this.#sequence.needsCheckpoints);
		if (!found || found.header.tokens.length > this.#sequence.contextSize) {
			return;
		}
		const { header, commonTokens } = found;
		const cost = this.#cost(this.#pacer.msPerToken ?? header.msPerToken);
		if (!isFasterToLoad(commonTokens - heldCommon, header.bytes, cost)) {
			return;
		}
		const load = (file: string): Promise<void> =>
			this.#sequence.loadStateFromFile(file, { acceptRisk: true });
		const loaded = await store.load(found, load, signal);
		if (loaded) {
			this.#saved = this.#sequence.contextTokens;
			const what = `${commonTokens} of the prompt's ${tokens.length} tokens`;
			log("info", `loaded the state of ${what} in ${since(startedAt)} ms`);
		}
	}

	#cost(msPerToken: number): EvaluationCost {
		return { msPerToken, leastGainMs: this.#states.leastGainMs };
	}
}

function since(startedAt: number): number {
	return Math.round(performance.now() - startedAt);
}
