import type { CrashReport, EngineRequest } from "../../protocol/inference/crashReport";
import type { TextChannel } from "../../protocol/chat/chatEvent";
import type { AnswerBeginning, PromptMessages, Message } from "../../protocol/inference/inference";
import type { GenerateListener, GenerateOptions } from "./languageModel";

/** What the engine was asked, with the words. */
interface Asked {
	readonly messages: PromptMessages;
	readonly options: GenerateOptions;
	promptTokens: number | undefined;
	answerTokens: number;
	readonly received: string[];
}

/** What the engine is doing, for a report if it crashes over that. The words are forgotten with the request. */
export class EngineActivity {
	#phase: CrashReport["phase"] = "idle";
	#asked: Asked | undefined;
	/** What is read before anybody asks. */
	#readAhead: PromptMessages = [];
	/** What the last conversation that was counted came to. */
	#promptTokens: number | undefined;

	get phase(): CrashReport["phase"] {
		return this.#phase;
	}

	/** A request of somebody's is being worked on: neither a load, nor what is read ahead, nor nothing. */
	get isAnswering(): boolean {
		return this.#asked !== undefined;
	}

	/** What was asked, in sizes. */
	get request(): EngineRequest | undefined {
		if (!this.#asked) {
			return undefined;
		}
		const { messages, options, promptTokens, answerTokens } = this.#asked;
		const characters = (role: Message["role"]): number =>
			messages
				.filter((message) => message.role === role)
				.flatMap(textsOf)
				.reduce((sum, { length }) => sum + length, 0);
		return {
			messages: messages.length,
			systemCharacters: characters("system"),
			userCharacters: characters("user"),
			assistantCharacters: characters("assistant"),
			continuesAnswer: messages.at(-1)?.role === "assistant",
			promptTokens,
			answerTokens,
			maxTokens: options.maxTokens,
			temperature: options.temperature,
		};
	}

	/** Every text that the engine was given for the request, or gave. */
	get texts(): readonly string[] {
		return this.#asked
			? [...this.#asked.messages.flatMap(textsOf), this.#asked.received.join("")]
			: this.#readAhead.flatMap(textsOf);
	}

	beginLoading(): void {
		this.#phase = "loading";
	}

	beginCounting(messages: PromptMessages, options: GenerateOptions): void {
		this.#begin("counting", messages, options, undefined);
	}

	beginPreloading(messages: PromptMessages): void {
		this.#phase = "readingAhead";
		this.#readAhead = messages;
	}

	/** Hears what a conversation came to, which is about to be answered. */
	counted(promptTokens: number): void {
		this.#promptTokens = promptTokens;
	}

	/** @returns the listener, listened in on. */
	beginGenerating(
		messages: PromptMessages,
		options: GenerateOptions,
		listener: GenerateListener,
	): AnswerListener {
		const asked = this.#begin("prefill", messages, options, this.#promptTokens);
		return {
			onPrefill: (doneTokens, totalTokens) => {
				listener.onPrefill(doneTokens, totalTokens);
			},
			onText: (channel, text, answerTokens) => {
				this.#phase = "decoding";
				asked.answerTokens = answerTokens;
				asked.received.push(text);
				listener.onText(channel, text);
			},
		};
	}

	end(): void {
		this.#phase = "idle";
		this.#asked = undefined;
		this.#readAhead = [];
	}

	#begin(
		phase: CrashReport["phase"],
		messages: PromptMessages,
		options: GenerateOptions,
		promptTokens: number | undefined,
	): Asked {
		this.#phase = phase;
		this.#asked = { messages, options, promptTokens, answerTokens: 0, received: [] };
		return this.#asked;
	}
}

/** Hears of an answer with the tokens that it has so far. */
export interface AnswerListener extends Pick<GenerateListener, "onPrefill"> {
	onText(channel: TextChannel, text: string, answerTokens: number): void;
}

function textsOf(message: Message | AnswerBeginning): readonly string[] {
	return "thought" in message && message.thought ? [message.thought, message.text] : [message.text];
}
