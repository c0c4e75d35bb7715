import type { Token } from "node-llama-cpp";
import type { LoadReport } from "../../protocol/inference/deviceReport";
import type {
	PromptMessages,
	Generated,
	PreloadProgress,
} from "../../protocol/inference/inference";
import type { ModelInfo } from "../../protocol/inference/model";
import type { Thinking } from "../../protocol/chat/thinking";
import type { AnswerSink, AnswerOptions, PromptOptions } from "../engine";
import { commonPrefix } from "../promptCache/commonPrefix";
import { answerLimit, keptPart, trimPrompt, type Trimmed } from "../trimPrompt";
import { AnswerClock } from "../pace/answerClock";
import type { ChatModel, RenderedPrompt } from "./chatModel";
import type { OpenPromptCache } from "./contextCache";
import { PromptEvaluator } from "./promptEvaluator";
import { stableStart } from "./stableStart";
import { writeAnswer } from "./writeAnswer";

/**
 * A model in memory with one context. The context keeps the last prompt and answer, so that the next prompt can build
 * on them.
 */
export class LoadedModel {
	readonly #report: LoadReport;
	readonly #chat: ChatModel;
	readonly #prompt: PromptEvaluator;

	constructor(report: LoadReport, chat: ChatModel, savedStates: OpenPromptCache | undefined) {
		this.#report = report;
		this.#chat = chat;
		this.#prompt = new PromptEvaluator(chat.sequence, savedStates);
	}

	/** The model's properties at load time. */
	get info(): ModelInfo {
		return this.#report.info;
	}

	/** Includes the current number of threads. */
	get report(): LoadReport {
		const { device, ...info } = this.info;
		const threads = this.#chat.model.llama.maxThreads;
		return { ...this.#report, info: { ...info, device: { ...device, threads } } };
	}

	/**
	 * Returns the number of tokens in a conversation's prompt.
	 *
	 * @throws {FailureError} `templateRefused`
	 */
	count(messages: PromptMessages, thinking: Thinking | undefined): number {
		return this.#tokens(messages, thinking).length;
	}

	/**
	 * Evaluates the beginning of a prompt whose last message is still being typed.
	 *
	 * @throws {FailureError} `messageTooLong`, `templateRefused`
	 */
	async preload(
		messages: PromptMessages,
		{ maxTokens, thinking }: PromptOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress> {
		const { trim } = this.#trim(messages, maxTokens, thinking);
		const kept = keptPart(messages, trim);
		const start = stableStart(kept, (variant) => this.#tokens(variant, thinking));
		return this.#prompt.preload(start, signal);
	}

	/**
	 * @throws {FailureError} `messageTooLong`, `answerTooLong`, or `templateRefused`, before the first call of the
	 * listener
	 */
	async generate(
		{ messages, maxTokens, onlyWhole, ...options }: AnswerOptions,
		listener: AnswerSink,
		signal: AbortSignal,
	): Promise<Generated> {
		const clock = new AnswerClock();
		const { trim, prompt } = this.#trim(messages, maxTokens, options.thinking);
		const kept = keptPart(messages, trim);
		if (signal.aborted || (onlyWhole === true && kept.length < messages.length)) {
			return { ending: "stopped", stats: undefined };
		}
		listener.onTrimmed(trim);
		const { promptTokens, contextTokens } = trim;
		const evaluatedTokens = await this.#prompt.evaluate(
			prompt.tokens,
			(doneTokens, totalTokens) => {
				listener.onPrefill(doneTokens, totalTokens);
			},
			signal,
			this.#staying(kept, prompt.tokens, options.thinking),
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

	/** See `Engine.saveToCache`. */
	async saveToCache(moment: "rest" | "end", signal: AbortSignal): Promise<void> {
		await this.#prompt.saveToCache(moment, signal);
	}

	async dispose(): Promise<void> {
		await this.#chat.model.dispose();
	}

	/**
	 * Returns how many tokens at the start of a prompt also begin the next prompt, which contains the reply but not its
	 * thought.
	 */
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

	#trim(
		messages: PromptMessages,
		maxTokens: number,
		thinking: Thinking | undefined,
	): Trimmed<RenderedPrompt> {
		return trimPrompt(messages, maxTokens, this.info, (kept) => this.#chat.prompt(kept, thinking));
	}

	#tokens(messages: PromptMessages, thinking: Thinking | undefined): readonly Token[] {
		return this.#chat.prompt(messages, thinking).tokens;
	}
}
