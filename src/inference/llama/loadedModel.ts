import type { ChatWrapper, LlamaChat, LlamaModel, Token } from "node-llama-cpp";
import type { AnswerStats } from "../../protocol/chat";
import { leastFreeTokens } from "../../protocol/contextUse";
import type { LoadReport } from "../../protocol/deviceReport";
import type { Conversation, Fit, Generated, ReadAheadProgress } from "../../protocol/inference";
import type { ModelInfo } from "../../protocol/model";
import type { AnswerListener, AnswerOptions, PromptOptions } from "../engine";
import { answerBeginning } from "../answerBeginning";
import { answerLimit, fitPrompt, keptPart, tooLong } from "../promptFit";
import { knowsThoughts, promptTokens, toHistory } from "./prompt";
import { AnswerClock } from "./answerClock";
import { AnswerText } from "./answerText";
import type { SavedStates } from "./contextStates";
import { PromptEvaluator } from "./promptEvaluator";
import { stableStart } from "./stableStart";

/** The library's two ways to an answer, over the same sequence. */
export interface ModelChats {
	readonly answering: LlamaChat;
	/** Drops nothing of what the model adds to the beginning of an answer. */
	readonly continuing: LlamaChat;
}

/** A model in memory with one context, which keeps the last prompt and answer so that the next prompt can build on it. */
export class LoadedModel {
	readonly #report: LoadReport;
	readonly #model: LlamaModel;
	readonly #chats: ModelChats;
	readonly #chatWrapper: ChatWrapper;
	readonly #prompt: PromptEvaluator;

	constructor(report: LoadReport, chats: ModelChats, savedStates: SavedStates | undefined) {
		const { model, sequence, chatWrapper } = chats.answering;
		this.#report = report;
		this.#model = model;
		this.#chats = chats;
		this.#chatWrapper = chatWrapper;
		this.#prompt = new PromptEvaluator(sequence, savedStates);
	}

	/** As it was loaded. */
	get info(): ModelInfo {
		return this.#report.info;
	}

	/** With the threads that compute now. */
	get report(): LoadReport {
		const { device, ...info } = this.info;
		const threads = this.#model.llama.maxThreads;
		return { ...this.#report, info: { ...info, device: { ...device, threads } } };
	}

	/** @throws {FailureError} `messageTooLong`, `answerTooLong` */
	fit(messages: Conversation, { maxTokens }: PromptOptions): Fit {
		return fitPrompt(messages, maxTokens, this.info, (kept) => this.count(kept));
	}

	/** @returns tokens of the prompt that a conversation makes. */
	count(messages: Conversation): number {
		return this.#tokens(messages).length;
	}

	/**
	 * Evaluates what of a prompt will stay as it is while its last message is being written.
	 *
	 * @throws {FailureError} as `fit`
	 */
	async readAhead(
		messages: Conversation,
		options: PromptOptions,
		signal: AbortSignal,
	): Promise<ReadAheadProgress> {
		const kept = keptPart(messages, this.fit(messages, options));
		const start = stableStart(kept, (variant) => this.#tokens(variant));
		return this.#prompt.readAhead(start, signal);
	}

	/** @throws {FailureError} `messageTooLong`, `answerTooLong` if the conversation was not fitted before. */
	async generate(
		{ messages, maxTokens, temperature }: AnswerOptions,
		listener: AnswerListener,
		signal: AbortSignal,
	): Promise<Generated> {
		const clock = new AnswerClock();
		const tokens = this.#tokens(messages);
		const { contextTokens } = this.info;
		const limitTokens = contextTokens - leastFreeTokens;
		if (tokens.length > limitTokens) {
			throw tooLong(messages, tokens.length, limitTokens, this.info);
		}
		const limit = answerLimit(tokens.length, maxTokens, contextTokens);
		const evaluatedTokens = await this.#prompt.evaluate(
			tokens,
			(doneTokens, totalTokens) => {
				listener.onPrefill(doneTokens, totalTokens);
			},
			signal,
		);
		if (evaluatedTokens === undefined) {
			return { ending: "stopped", stats: undefined };
		}
		clock.promptRead();
		const stats = (): AnswerStats => clock.stats(tokens.length, evaluatedTokens);
		const contextEnd = new AbortController();
		const chat = answerBeginning(messages) ? this.#chats.continuing : this.#chats.answering;
		const answerText = new AnswerText(this.#model);
		const history = toHistory(messages, knowsThoughts(this.#chatWrapper));
		try {
			const { metadata } = await chat.generateResponse(history, {
				temperature,
				maxTokens: limit.tokens,
				// llama.cpp's own default: a penalty harms code, which repeats itself rightly.
				repeatPenalty: false,
				signal: AbortSignal.any([signal, contextEnd.signal]),
				stopOnAbortSignal: true,
				onResponseChunk: ({ type, tokens: came, text }) => {
					clock.tokensCame(came.length);
					const channel = type === "segment" ? "thought" : "reply";
					listener.onText(channel, answerText.next(came, text), came.length);
				},
				contextShift: {
					// Not reached while the limit above counts right, which templates that inject text could upset.
					// The library swallows what is thrown here and shifts all the same (3.22), hence the abort.
					strategy: ({ chatHistory }) => {
						contextEnd.abort();
						return { chatHistory: [...chatHistory], metadata: null };
					},
				},
			});
			if (metadata.stopReason === "abort") {
				return { ending: signal.aborted ? "stopped" : "contextFull", stats: stats() };
			}
			const ending = metadata.stopReason === "maxTokens" ? limit.by : "complete";
			return { ending, stats: stats() };
		} catch (error) {
			if (signal.aborted) {
				return { ending: "stopped", stats: clock.hasTokens ? stats() : undefined };
			}
			if (contextEnd.signal.aborted) {
				return { ending: "contextFull", stats: stats() };
			}
			throw error;
		}
	}

	/** As `Engine.saveState`. */
	async saveState(moment: "rest" | "end", signal: AbortSignal): Promise<void> {
		await this.#prompt.saveState(moment, signal);
	}

	async dispose(): Promise<void> {
		await this.#model.dispose();
	}

	#tokens(messages: Conversation): readonly Token[] {
		return promptTokens(this.#model, this.#chatWrapper, messages);
	}
}
