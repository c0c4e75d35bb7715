import type { Token } from "node-llama-cpp";
import { leastFreeTokens } from "../../protocol/chat/contextUse";
import type { LoadReport } from "../../protocol/inference/deviceReport";
import type {
	PromptMessages,
	Fit,
	Generated,
	PreloadProgress,
} from "../../protocol/inference/inference";
import type { ModelInfo } from "../../protocol/inference/model";
import type { Thinking } from "../../protocol/chat/thinking";
import type { AnswerSink, AnswerOptions, PromptOptions } from "../engine";
import { commonPrefix } from "../promptCache/commonPrefix";
import { answerLimit, fitPrompt, keptPart, tooLong } from "../promptFit";
import { AnswerClock } from "../pace/answerClock";
import type { ChatModel } from "./chatModel";
import type { OpenPromptCache } from "./contextCache";
import { PromptEvaluator } from "./promptEvaluator";
import { stableStart } from "./stableStart";
import { writeAnswer } from "./writeAnswer";

/** A model in memory with one context, which keeps the last prompt and answer so that the next prompt can build on it. */
export class LoadedModel {
	readonly #report: LoadReport;
	readonly #chat: ChatModel;
	readonly #prompt: PromptEvaluator;

	constructor(report: LoadReport, chat: ChatModel, savedStates: OpenPromptCache | undefined) {
		this.#report = report;
		this.#chat = chat;
		this.#prompt = new PromptEvaluator(chat.sequence, savedStates);
	}

	/** As it was loaded. */
	get info(): ModelInfo {
		return this.#report.info;
	}

	/** With the threads that compute now. */
	get report(): LoadReport {
		const { device, ...info } = this.info;
		const threads = this.#chat.model.llama.maxThreads;
		return { ...this.#report, info: { ...info, device: { ...device, threads } } };
	}

	/** @throws {FailureError} `messageTooLong`, `answerTooLong`, `templateRefused` */
	fit(messages: PromptMessages, { maxTokens, thinking }: PromptOptions): Fit {
		return fitPrompt(messages, maxTokens, this.info, (kept) => this.count(kept, thinking));
	}

	/** @returns tokens of the prompt that a conversation makes. @throws {FailureError} `templateRefused` */
	count(messages: PromptMessages, thinking: Thinking | undefined): number {
		return this.#tokens(messages, thinking).length;
	}

	/**
	 * Evaluates what of a prompt will stay as it is while its last message is being written.
	 *
	 * @throws {FailureError} as `fit`
	 */
	async readAhead(
		messages: PromptMessages,
		options: PromptOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress> {
		const kept = keptPart(messages, this.fit(messages, options));
		const start = stableStart(kept, (variant) => this.#tokens(variant, options.thinking));
		return this.#prompt.preload(start, signal);
	}

	/** @throws {FailureError} as `fit`, if the conversation was not fitted before. */
	async generate(
		{ messages, maxTokens, ...options }: AnswerOptions,
		listener: AnswerSink,
		signal: AbortSignal,
	): Promise<Generated> {
		const clock = new AnswerClock();
		const prompt = this.#chat.prompt(messages, options.thinking);
		const { contextTokens } = this.info;
		const limitTokens = contextTokens - leastFreeTokens;
		const promptTokens = prompt.tokens.length;
		if (promptTokens > limitTokens) {
			throw tooLong(messages, promptTokens, limitTokens, this.info);
		}
		const evaluatedTokens = await this.#prompt.evaluate(
			prompt.tokens,
			(doneTokens, totalTokens) => {
				listener.onPrefill(doneTokens, totalTokens);
			},
			signal,
			this.#staying(messages, prompt.tokens, options.thinking),
		);
		if (evaluatedTokens === undefined) {
			return { ending: "stopped", stats: undefined };
		}
		clock.promptRead();
		const limit = answerLimit(promptTokens, maxTokens, contextTokens);
		const stopped = (error: unknown): undefined => {
			if (!signal.aborted) {
				throw error;
			}
		};
		const ending = await writeAnswer(
			this.#chat,
			prompt,
			limit,
			options,
			clock,
			listener,
			signal,
		).catch(stopped);
		const stats = clock.stats(promptTokens, evaluatedTokens);
		return ending === undefined
			? { ending: "stopped", stats: clock.hasTokens ? stats : undefined }
			: { ending, stats };
	}

	/** As `Engine.saveState`. */
	async saveState(moment: "rest" | "end", signal: AbortSignal): Promise<void> {
		await this.#prompt.saveToCache(moment, signal);
	}

	async dispose(): Promise<void> {
		await this.#chat.model.dispose();
	}

	/** @returns how many tokens of a prompt begin the next one too, in which there is a reply, without its thought. */
	#staying(
		messages: PromptMessages,
		tokens: readonly Token[],
		thinking: Thinking | undefined,
	): number {
		if (!this.#chat.sequence.needsCheckpoints) {
			return 0;
		}
		const asked = messages.at(-1)?.role === "assistant" ? messages.slice(0, -1) : messages;
		const next = [...asked, { role: "assistant", text: "…" }, { role: "user", text: "…" }] as const;
		return commonPrefix(tokens, this.#tokens(next, thinking));
	}

	#tokens(messages: PromptMessages, thinking: Thinking | undefined): readonly Token[] {
		return this.#chat.prompt(messages, thinking).tokens;
	}
}
