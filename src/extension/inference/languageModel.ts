import { assertNever } from "../../protocol/assertNever";
import type { TextChannel } from "../../protocol/chat/chatEvent";
import type { DeviceReport } from "../../protocol/inference/deviceReport";
import type {
	PromptMessages,
	TrimmedPrompt,
	Generated,
	GenerateProgressParams,
	PreloadProgress,
} from "../../protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";
import type { Thinking } from "../../protocol/chat/thinking";
import type { Disposable } from "../base/disposableStore";

/** The limits and the sampling of one answer. */
export interface GenerateOptions {
	/** The largest number of tokens to generate, 1 to 131072. For a continued answer, only the added tokens count. */
	readonly maxTokens: number;
	/** 0 to 2. 0 always picks the most likely token. */
	readonly temperature: number;
	/** Default: "auto". */
	readonly thinking?: Thinking | undefined;
	/** For `generate` only. Aborting it ends the thought, so that the reply begins. */
	readonly answerNow?: AbortSignal | undefined;
	/** For `generate` only. Ends at once as "stopped" if the prompt would have to be trimmed. Default: false. */
	readonly onlyWhole?: boolean | undefined;
}

/** Receives an answer while it is generated. */
export interface GenerateListener {
	/** Called first, before prefill, with the messages that the model sees. */
	onTrimmed?(trimmed: TrimmedPrompt): void;
	/** Called during prefill. Both numbers leave out tokens that the context already held. */
	onPrefill(doneTokens: number, totalTokens: number): void;
	/** Called with new text only. The beginning of a continued answer is not repeated. */
	onText(channel: TextChannel, text: string): void;
}

/** Calls the method of `listener` that receives this kind of progress. */
export function deliverProgress(event: GenerateProgressParams, listener: GenerateListener): void {
	switch (event.kind) {
		case "trimmed":
			listener.onTrimmed?.(event);
			break;
		case "prefill":
			listener.onPrefill(event.doneTokens, event.totalTokens);
			break;
		case "text":
			listener.onText(event.channel, event.text);
			break;
		default:
			assertNever(event);
	}
}

/** A model that answers. Hides the inference process from the chat. */
export interface LanguageModel extends Disposable {
	readonly status: ModelStatus;
	/** The path of the model in memory, which can differ from the one in the settings; `undefined` if none is loaded. */
	readonly loadedPath: string | undefined;
	onDidChangeStatus(listener: (status: ModelStatus) => void): Disposable;

	/**
	 * Makes the model in the settings ready: starts the process, asks before a download, and loads the model. Does nothing
	 * if the model is ready and the settings are unchanged.
	 *
	 * @returns `undefined` if `signal` was aborted, or if the user declined a download or a second copy
	 * @throws {FailureError} if the model is not available
	 */
	prepare(signal: AbortSignal): Promise<ModelInfo | undefined>;

	/**
	 * Trims the conversation to the context, streams one answer to `listener`, and resolves when the answer has ended. Call
	 * `prepare` first.
	 *
	 * If the messages end with the beginning of an answer, that answer is continued. The new text follows its last
	 * character directly. At temperature 0, both parts together equal an answer that was generated in one call.
	 *
	 * Aborting `signal` or unloading the model stops the computation, and the promise resolves with the ending "stopped".
	 * The listener is not called after the promise has settled.
	 *
	 * @throws {FailureError} `messageTooLong` or `answerTooLong`, before the listener is called, if the last turn does not
	 * fit the context; other kinds if generation fails
	 */
	generate(
		messages: PromptMessages,
		options: GenerateOptions,
		listener: GenerateListener,
		signal: AbortSignal,
	): Promise<Generated>;

	/**
	 * Counts the tokens of each conversation's prompt with the loaded model's tokenizer. Also works during an answer.
	 *
	 * @returns `undefined` if no model is loaded, the process ends or fails, or `signal` was aborted
	 */
	countTokens(
		conversations: readonly PromptMessages[],
		options: Pick<GenerateOptions, "thinking">,
		signal: AbortSignal,
	): Promise<readonly number[] | undefined>;

	/**
	 * Evaluates the beginning of a prompt whose last message is still being typed. Runs only while the model is loaded and
	 * idle, and does not change `status`. Any other request ends it first.
	 *
	 * @returns `undefined` if the model is not loaded or is busy, or if another request or `signal` ended the preload
	 * @throws {FailureError} `messageTooLong`, or if the process crashes
	 */
	preload(
		messages: PromptMessages,
		options: GenerateOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress | undefined>;

	/** Frees the model's memory. A running answer ends as "stopped". The next `prepare` loads the model again. */
	unload(): Promise<void>;

	/**
	 * Reports the device that the model runs on, and all other available devices. Takes seconds, because it loads each
	 * backend in a separate process.
	 *
	 * @returns `undefined` if `signal` was aborted
	 */
	reportDevices(signal: AbortSignal): Promise<DeviceReport | undefined>;

	/** Updates `status` after the settings of the model changed. A loaded model stays loaded until the next `prepare`. */
	settingsChanged(): void;
}
