import type { TurnId, TurnOutcome } from "../../protocol/chat";
import type { InferenceFailure } from "../../protocol/failure";
import type { Clock } from "../clock";
import type { InferenceBackend } from "../inference/backend";
import type { Log } from "../log";
import { failureOf, outcomeOf } from "./answerOutcome";
import { AnswerWriter } from "./answerWriter";
import type { ChatAttachments } from "./chatAttachments";
import type { ChatStore } from "./chatStore";
import { buildPrompt, visiblePart } from "./promptBuilder";

export interface AnswerRunParts {
	readonly store: ChatStore;
	readonly attachments: ChatAttachments;
	readonly backend: InferenceBackend;
	readonly clock: Clock;
	readonly log: Log;
}

/** How an attempt at an answer came to its end. */
export type RunEnd =
	/** Generating never began; `failure` is `undefined` if it was stopped, unloaded, or a download declined. */
	| { readonly kind: "notBegun"; readonly failure: InferenceFailure | undefined }
	/** All that came of the answer has been published. */
	| { readonly kind: "ended"; readonly outcome: TurnOutcome };

/** One attempt at the answer to the last user turn: model, then context, then generating. */
export class AnswerRun {
	readonly answerId: TurnId;
	readonly #parts: AnswerRunParts;
	readonly #abort = new AbortController();
	#writer: AnswerWriter | undefined;
	#abandoned = false;

	constructor(parts: AnswerRunParts, answerId: TurnId) {
		this.#parts = parts;
		this.answerId = answerId;
	}

	/** Whether the model has been asked for the answer: from then on the turn is kept, however it ends. */
	get hasBegun(): boolean {
		return this.#writer !== undefined;
	}

	/** Ends whatever is being done; `carryOut` settles soon after. */
	stop(): void {
		this.#abort.abort();
	}

	/** Stops, and publishes what has come; nothing that comes later counts. */
	abandon(): void {
		this.stop();
		this.#writer?.end();
		this.#abandoned = true;
	}

	/** Does all of it, once. Never rejects. */
	async carryOut(): Promise<RunEnd> {
		try {
			return await this.#generate();
		} catch (error) {
			const failure = failureOf(error, this.#parts.log);
			if (this.hasBegun) {
				this.#whileWanted((writer) => {
					writer.end();
				});
				return { kind: "ended", outcome: { kind: "failed", failure } };
			}
			return { kind: "notBegun", failure: this.#abort.signal.aborted ? undefined : failure };
		}
	}

	async #generate(): Promise<RunEnd> {
		const { store, attachments, backend, clock } = this.#parts;
		const { signal } = this.#abort;
		// Stopped while an earlier run was still ending.
		if (signal.aborted || !(await backend.prepare(signal)) || isAborted(signal)) {
			return { kind: "notBegun", failure: undefined };
		}
		const { systemPrompt, maxTokens, temperature } = store.state.settings.effective;
		const options = { maxTokens, temperature };
		const prompt = buildPrompt(systemPrompt, store.state.turns, (id) => attachments.get(id));
		const fit = await backend.fit(prompt.messages, options, signal);
		if (!fit || isAborted(signal)) {
			return { kind: "notBegun", failure: undefined };
		}
		const { messages, visibleFrom } = visiblePart(prompt, fit.keptFrom);
		if (store.state.visibleFrom !== visibleFrom) {
			store.publish({ type: "contextTrimmed", visibleFrom });
		}
		this.#writer = new AnswerWriter(store, clock, this.answerId);
		const startedAtMs = clock.nowMs();
		const generated = await backend.generate(
			messages,
			options,
			{
				onPrefill: (doneTokens, totalTokens) => {
					this.#whileWanted((writer) => {
						writer.prefill(doneTokens, totalTokens);
					});
				},
				onText: (channel, text) => {
					this.#whileWanted((writer) => {
						writer.text(channel, text);
					});
				},
			},
			signal,
		);
		this.#whileWanted((writer) => {
			writer.end();
		});
		const durationMs = clock.nowMs() - startedAtMs;
		const { contextTokens, promptTokens } = fit;
		const limits = { maxTokens, contextTokens, promptTokens, durationMs };
		return { kind: "ended", outcome: outcomeOf(generated, limits) };
	}

	#whileWanted(write: (writer: AnswerWriter) => void): void {
		if (this.#writer && !this.#abandoned) {
			write(this.#writer);
		}
	}
}

/** Asked anew after every wait, which the compiler's narrowing of `signal.aborted` would forget. */
function isAborted(signal: AbortSignal): boolean {
	return signal.aborted;
}
