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

/** What is asked for: the answer with this id, which ends the conversation's path once it is opened. */
export interface AnswerRequest {
	readonly chat: OpenedChat;
	readonly answerId: TurnId;
	/** Has the answer be there without an end. Written when no other window may generate: it would see it interrupted. */
	readonly opening: TurnOpening | { readonly type: "continued"; readonly turnId: TurnId };
	/** Measured of the part that was there before; `undefined` if there was none, or it was not measured. */
	readonly earlierStats: AnswerStats | undefined;
}

/** How an attempt at an answer came to its end. */
export type RunEnd =
	/** Generating never began; `failure` is `undefined` if it was stopped, unloaded, or a download declined. */
	| { readonly kind: "notBegun"; readonly failure: InferenceFailure | undefined }
	/** All that came of the answer has been published. */
	| { readonly kind: "ended"; readonly outcome: TurnOutcome };

/** One attempt at an answer, or at the rest of one: the right to it, then its turn, model, context, and generating. */
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

	/** Asks for the right to answer. */
	constructor(parts: AnswerRunParts, request: AnswerRequest) {
		this.#parts = parts;
		this.request = request;
		this.#writer = new AnswerWriter(parts, request.chat, request.answerId);
		this.#opened = this.#open();
		// `carryOut` tells of a failure.
		this.#opened.catch(() => undefined);
	}

	/** Whether the conversation has the answer, without its end or with it. */
	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** Whether the model has been asked for the answer: from then on the turn is kept, however it ends. */
	get hasBegun(): boolean {
		return this.#begun;
	}

	/** Ends whatever is being done; `carryOut` settles soon after. */
	stop(): void {
		this.#abort.abort();
	}

	/** Ends the thought that runs or would begin, so that the reply begins. */
	answerNow(): void {
		this.#answerNow.abort();
	}

	/** Stops; nothing that comes later counts, and another window may answer at once. */
	abandon(): void {
		this.stop();
		this.#abandoned = true;
		this.#writer.abandon();
		this.#lease?.dispose();
	}

	/** Whether it was to go on and has not been opened: it has the end that it had, and may be growing elsewhere. */
	get isAsBefore(): boolean {
		return !this.#isOpen && this.request.opening.type === "continued";
	}

	/** Writes down how the answer ended; with its turn, if that is not in the conversation. */
	end(outcome: TurnOutcome): void {
		if (this.isAsBefore) {
			return;
		}
		if (!this.#isOpen) {
			this.#writeOpening("soon");
		}
		this.#writer.end(outcome);
	}

	/** Does all of it, once. Never rejects. */
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
	 * Obtains the right to answer, at once: not when other conversations have been answered. Then opens the answer.
	 *
	 * @throws {FailureError} if another window answers in this conversation.
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
		// Stopped while an earlier run was still ending.
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

	/** From here on the turn is kept, however it ends. */
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

/** The compiler narrows `signal.aborted` to the value of the last check, even after a wait. */
function isAborted(signal: AbortSignal): boolean {
	return signal.aborted;
}
