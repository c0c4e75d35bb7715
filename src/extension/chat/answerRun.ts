import type { AnswerStats, TurnOutcome } from "../../protocol/chat/chat";
import type { TurnId } from "../../protocol/chat/ids";
import type { InferenceFailure } from "../../protocol/failure";
import { FailureError } from "../../protocol/failureError";
import type { TrimmedPrompt } from "../../protocol/inference/inference";
import type { AnswerLease, OpenedChat, WriteUrgency } from "../conversation/chatLibrary";
import type { LanguageModel } from "../inference/languageModel";
import type { Log } from "../base/log";
import { failureOfAnswer, outcomeOf } from "./answerOutcome";
import { AnswerWriter, type AnswerWriterParts } from "./answerWriter";
import type { TurnOpening } from "./chatPath";
import { buildPrompt, firstVisibleTurn, type BuiltPrompt } from "../prompt/promptBuilder";

export interface AnswerRunParts extends AnswerWriterParts {
	readonly languageModel: LanguageModel;
	readonly log: Log;
}

/** A request for an answer, which becomes the end of the shown path once it is opened. */
export interface AnswerRequest {
	readonly chat: OpenedChat;
	readonly answerId: TurnId;
	/** The record that opens the answer. Written under the lease: otherwise, other windows would show it as interrupted. */
	readonly opening: TurnOpening | { readonly type: "continued"; readonly turnId: TurnId };
	/** The statistics of the part that was generated before; `undefined` if there is none, or it was not measured. */
	readonly earlierStats: AnswerStats | undefined;
}

/** How an attempt at an answer ended. */
export type RunEnd =
	/** Generation did not begin. `failure` is `undefined` after a stop, an unload, or a declined download. */
	| { readonly kind: "notBegun"; readonly failure: InferenceFailure | undefined }
	/** All text of the answer has been published. */
	| { readonly kind: "ended"; readonly outcome: TurnOutcome };

/** One attempt at an answer, or at the rest of one: acquires the lease, writes the turn, loads the model, generates. */
export class AnswerRun {
	readonly request: AnswerRequest;
	readonly #parts: AnswerRunParts;
	readonly #abort = new AbortController();
	readonly #answerNow = new AbortController();
	readonly #writer: AnswerWriter;
	#lease: AnswerLease | undefined;
	readonly #opened: Promise<void>;
	#isOpen = false;
	#begun = false;
	#abandoned = false;

	/** Begins to acquire the lease. */
	constructor(parts: AnswerRunParts, request: AnswerRequest) {
		this.#parts = parts;
		this.request = request;
		this.#writer = new AnswerWriter(parts, request.chat, request.answerId);
		this.#opened = this.#open();
		// `carryOut` reports a failure.
		this.#opened.catch(() => undefined);
	}

	/** Whether the conversation contains the answer, complete or not. */
	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** Whether generation has begun. From then on the turn is kept, whatever its outcome. */
	get hasBegun(): boolean {
		return this.#begun;
	}

	/** Stops the run; `carryOut` resolves soon after. */
	stop(): void {
		this.#abort.abort();
	}

	/** Ends the current or next thought, so that the reply begins. */
	answerNow(): void {
		this.#answerNow.abort();
	}

	/** Stops the run, ignores further text, and releases the lease, so that another window can answer at once. */
	abandon(): void {
		this.stop();
		this.#abandoned = true;
		this.#writer.abandon();
		this.#lease?.dispose();
	}

	/** Whether the run would continue an answer but has not opened it. The answer still has its earlier outcome. */
	get isAsBefore(): boolean {
		return !this.#isOpen && this.request.opening.type === "continued";
	}

	/** Writes the outcome, after the turn if the conversation does not have it yet. */
	end(outcome: TurnOutcome): void {
		if (this.isAsBefore) {
			return;
		}
		if (!this.#isOpen) {
			this.#writeOpening("soon");
		}
		this.#writer.end(outcome);
	}

	/** Carries out the run. Call it once. Never rejects. */
	async carryOut(): Promise<RunEnd> {
		try {
			await this.#opened;
			this.#writer.progress({ kind: "preparing" });
			return await this.#generate();
		} catch (error) {
			const failure = failureOfAnswer(error, this.#parts.log);
			if (this.hasBegun) {
				return { kind: "ended", outcome: { kind: "failed", failure } };
			}
			return { kind: "notBegun", failure: this.#abort.signal.aborted ? undefined : failure };
		} finally {
			this.#lease?.dispose();
		}
	}

	/**
	 * Acquires the lease and opens the answer, without waiting for answers in other chats.
	 *
	 * @throws {FailureError} if another window answers in this chat
	 */
	async #open(): Promise<void> {
		const lease = await this.request.chat.beginAnswer();
		if (!lease) {
			throw new FailureError({ kind: "answeredElsewhere" });
		}
		this.#lease = lease;
		if (this.#abandoned) {
			lease.dispose();
		} else if (!this.#abort.signal.aborted) {
			this.#writeOpening("now");
			this.#parts.shown.refresh(this.request.chat);
		}
	}

	#writeOpening(urgency: WriteUrgency): void {
		this.#isOpen = true;
		this.request.chat.write([this.request.opening], urgency);
	}

	async #generate(): Promise<RunEnd> {
		const { languageModel, store, clock } = this.#parts;
		const { signal } = this.#abort;
		// The user may have stopped it while an earlier run was ending.
		if (signal.aborted || !(await languageModel.prepare(signal)) || isAborted(signal)) {
			return { kind: "notBegun", failure: undefined };
		}
		const { thinking, effective } = store.state.settings;
		const { systemPrompt, maxTokens, temperature } = effective;
		const options = { maxTokens, temperature, thinking, answerNow: this.#answerNow.signal };
		const prompt = buildPrompt(systemPrompt, this.request.chat.conversation.path());
		let begun: { readonly atMs: number; readonly trimmed: TrimmedPrompt } | undefined;
		const generated = await languageModel.generate(
			prompt.messages,
			options,
			{
				onTrimmed: (trimmed) => {
					if (!isAborted(signal)) {
						begun = { atMs: clock.nowMs(), trimmed };
						this.#begin(prompt, trimmed);
					}
				},
				onPrefill: this.#writer.onPrefill,
				onText: this.#writer.onText,
			},
			signal,
		);
		if (!begun) {
			return { kind: "notBegun", failure: undefined };
		}
		const { contextTokens, promptTokens } = begun.trimmed;
		const durationMs = clock.nowMs() - begun.atMs;
		const limits = { maxTokens, contextTokens, promptTokens, durationMs };
		return { kind: "ended", outcome: outcomeOf(generated, limits, this.request.earlierStats) };
	}

	/** Publishes which turns the model sees. From here on the turn is kept, whatever its outcome. */
	#begin(prompt: BuiltPrompt, { keptFrom }: TrimmedPrompt): void {
		const { store, shown } = this.#parts;
		const { chat } = this.request;
		const visibleFrom = firstVisibleTurn(prompt, keptFrom);
		if (shown.chat === chat && store.state.visibleFrom !== visibleFrom) {
			shown.publish(chat, { type: "contextTrimmed", visibleFrom });
		}
		this.#begun = true;
	}
}

/** Reads `signal.aborted` again: the compiler assumes the value of the last check, even after an `await`. */
function isAborted(signal: AbortSignal): boolean {
	return signal.aborted;
}
