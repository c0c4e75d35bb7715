import type { CrashReport, EngineRequest } from "../../protocol/inference/crashReport";
import type {
	AnswerBeginning,
	GenerateProgressParams,
	Message,
	PromptMessages,
} from "../../protocol/inference/inference";
import type { GenerateOptions } from "./languageModel";

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
	#preloading: PromptMessages = [];

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
			: this.#preloading.flatMap(textsOf);
	}

	beginLoading(): void {
		this.#phase = "loading";
	}

	beginPreloading(messages: PromptMessages): void {
		this.#phase = "readingAhead";
		this.#preloading = messages;
	}

	beginGenerating(messages: PromptMessages, options: GenerateOptions): void {
		this.#phase = "counting";
		this.#asked = { messages, options, promptTokens: undefined, answerTokens: 0, received: [] };
	}

	/** Notes the progress of the answer. */
	follow(event: GenerateProgressParams): void {
		if (!this.#asked) {
			return;
		}
		if (event.kind === "trimmed") {
			this.#phase = "prefill";
			this.#asked.promptTokens = event.promptTokens;
		} else if (event.kind === "text") {
			this.#phase = "decoding";
			this.#asked.answerTokens = event.answerTokens;
			this.#asked.received.push(event.text);
		}
	}

	end(): void {
		this.#phase = "idle";
		this.#asked = undefined;
		this.#preloading = [];
	}
}

function textsOf(message: Message | AnswerBeginning): readonly string[] {
	return "thought" in message && message.thought ? [message.thought, message.text] : [message.text];
}
