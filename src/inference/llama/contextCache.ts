import type { LlamaContextSequence, Token } from "node-llama-cpp";
import type { WriteLog } from "../../child/hostConnection";
import type { PrefillPacer } from "../pace/prefillPacer";
import { commonPrefix } from "../promptCache/commonPrefix";
import {
	assumedWriteBytesPerMs,
	isFasterToLoad,
	isWorthLooking,
	isWorthSaving,
	isWorthSavingMeanwhile,
	isWrittenSoon,
	nextWriteBytesPerMs,
	type EvaluationCost,
} from "../promptCache/cacheRule";
import { isSound } from "../promptCache/entryLayout";
import type { PromptCache } from "../promptCache/promptCache";

/** A model's prompt cache, with the conditions for using it. */
export interface OpenPromptCache {
	readonly store: PromptCache;
	/** States that save less time than this are neither written nor loaded, in milliseconds. */
	readonly leastGainMs: number;
	readonly log: WriteLog;
}

/** Saves what a context holds before it is lost, and restores it where that is faster than evaluating it again. */
export class ContextCache {
	readonly #sequence: LlamaContextSequence;
	readonly #pacer: PrefillPacer;
	readonly #states: OpenPromptCache;
	/** The tokens of the state that was last saved or loaded. */
	#saved: readonly Token[] = [];
	/**
	 * The index at which the preloaded, unsent message begins; `undefined` if everything was sent. Unsent messages are
	 * never saved.
	 */
	#draftFrom: number | undefined;
	/** The cache's mark from before the tokens in the context were evaluated. */
	#mark: string | undefined;
	#writeBytesPerMs = assumedWriteBytesPerMs;

	constructor(sequence: LlamaContextSequence, pacer: PrefillPacer, states: OpenPromptCache) {
		this.#sequence = sequence;
		this.#pacer = pacer;
		this.#states = states;
	}

	/**
	 * Saves what the context is about to lose and loads the best match for `tokens`, where either is worth it.
	 *
	 * @param purpose "draft": `tokens` end with a message that has not been sent
	 */
	async changeTo(
		tokens: readonly Token[],
		purpose: "answer" | "draft",
		signal: AbortSignal,
	): Promise<void> {
		const heldCommon = commonPrefix(this.#sequence.contextTokens, tokens);
		const msPerToken = this.#pacer.msPerToken;
		if (msPerToken !== undefined) {
			const sent = this.#sentTokens();
			const cost = this.#cost(msPerToken);
			const unsaved = sent.length - commonPrefix(this.#saved, sent);
			const lost = Math.min(unsaved, sent.length - heldCommon);
			// While a message is being typed, nothing is saved at rest, so this is the last chance.
			const isLastMoment = purpose === "draft" && this.#draftFrom === undefined;
			if (
				isWorthSaving(lost, cost) ||
				(isLastMoment && isWorthSavingMeanwhile(sent.length, unsaved, cost))
			) {
				await this.#save(msPerToken, signal);
			}
		}
		this.#mark = await this.#states.store.mark();
		this.#draftFrom =
			purpose === "answer" ? undefined : Math.min(this.#draftFrom ?? heldCommon, heldCommon);
		const missing = tokens.length - heldCommon;
		// Before any evaluation, the speed is known only from the header of a cached prompt.
		if (msPerToken === undefined || isWorthLooking(missing, this.#cost(msPerToken))) {
			await this.#load(tokens, heldCommon, signal);
		}
	}

	/**
	 * Saves what the context holds, if that is worth it.
	 *
	 * @param moment "rest": nothing is about to be lost
	 */
	async save(moment: "rest" | "end", signal: AbortSignal): Promise<void> {
		const msPerToken = this.#pacer.msPerToken;
		// A state contains everything in the context, and the message being typed must stay there.
		if (msPerToken === undefined || (moment === "rest" && this.#draftFrom !== undefined)) {
			return;
		}
		const sent = this.#sentTokens();
		const unsaved = sent.length - commonPrefix(this.#saved, sent);
		const cost = this.#cost(msPerToken);
		const isWorthIt =
			moment === "end"
				? isWorthSaving(unsaved, cost)
				: isWorthSavingMeanwhile(sent.length, unsaved, cost);
		if (isWorthIt) {
			await this.#save(msPerToken, signal);
		}
	}

	/** The tokens in the context without the preloaded message. */
	#sentTokens(): readonly Token[] {
		return this.#sequence.contextTokens.slice(0, this.#draftFrom);
	}

	/** Returns whether the context no longer holds any preloaded message. */
	async #forgetDraft(): Promise<boolean> {
		if (this.#draftFrom !== undefined && this.#draftFrom < this.#sequence.nextTokenIndex) {
			if (this.#sequence.needsCheckpoints) {
				return false;
			}
			await this.#sequence.adaptStateToTokens([...this.#sentTokens()], false);
		}
		this.#draftFrom = undefined;
		return true;
	}

	async #save(msPerToken: number, signal: AbortSignal): Promise<void> {
		if (!(await this.#forgetDraft())) {
			return;
		}
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
		const load = (file: string): Promise<void> => this.#replaceBy(file, header.tokens);
		const loaded = await store.load(found, load, signal);
		if (loaded) {
			this.#saved = this.#sequence.contextTokens;
			if (this.#draftFrom !== undefined) {
				this.#draftFrom = commonTokens;
			}
			const what = `${commonTokens} of the prompt's ${tokens.length} tokens`;
			log("info", `loaded the state of ${what} in ${since(startedAt)} ms`);
		}
	}

	async #replaceBy(file: string, tokens: readonly number[]): Promise<void> {
		if (!(await isSound(file, tokens, !this.#sequence.needsCheckpoints))) {
			throw new Error("it has not what it says it has");
		}
		// The library keeps its checkpoints when a state is loaded, and would return to those of the previous content (3.22).
		await this.#sequence.clearHistory();
		try {
			await this.#sequence.loadStateFromFile(file, { acceptRisk: true });
		} catch (error) {
			// A failed load may leave a partial state behind, which must not remain.
			await this.#sequence.clearHistory();
			throw error;
		}
		await this.#sequence.takeCheckpoint();
	}

	#cost(msPerToken: number): EvaluationCost {
		return { msPerToken, leastGainMs: this.#states.leastGainMs };
	}
}

function since(startedAt: number): number {
	return Math.round(performance.now() - startedAt);
}
