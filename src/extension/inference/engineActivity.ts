import type { CrashReport, EngineRequest } from "../../protocol/inference/crashReport";
import type {
	AnswerBeginning,
	GenerateProgressParams,
	Message,
	PromptMessages,
} from "../../protocol/inference/inference";
import type { GenerateOptions } from "./languageModel";

/** A request to the engine, with its text. */
interface Asked {
	readonly messages: PromptMessages;
	readonly options: GenerateOptions;
	promptTokens: number | undefined;
	answerTokens: number;
	readonly received: string[];
}

/** Tracks what the engine is doing, for the report if it crashes. The text is discarded when the request ends. */
export class EngineActivity {
	#phase: CrashReport["phase"] = "idle";
	#asked: Asked | undefined;
	/** The prompt that is being preloaded. */
	#preloading: PromptMessages = [];

	get phase(): CrashReport["phase"] {
		return this.#phase;
	}

	/** Whether the engine is working on an answer. Loading and preloading do not count. */
	get isAnswering(): boolean {
		return this.#asked !== undefined;
	}

	/** The sizes of the request; `undefined` if no answer is being generated. */
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

	/** All text that the engine received for the current work, and all text that it generated. */
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

	/** Updates the activity with the progress of the answer. */
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
