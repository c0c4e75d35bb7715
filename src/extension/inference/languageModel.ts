import type { TextChannel } from "../../protocol/chat/chatEvent";
import type { DeviceReport } from "../../protocol/inference/deviceReport";
import type {
	PromptMessages,
	TrimmedPrompt,
	Generated,
	PreloadProgress,
} from "../../protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";
import type { Thinking } from "../../protocol/chat/thinking";
import type { Disposable } from "../base/disposableStore";

/** Limits and sampling of one answer. */
export interface GenerateOptions {
	/** 1 to 131072; of a continued answer the tokens that are added. */
	readonly maxTokens: number;
	/** 0 to 2; 0 always takes the likeliest token. */
	readonly temperature: number;
	/** Without it "auto". */
	readonly thinking?: Thinking | undefined;
	/** For `generate` only. Aborting it ends the thought, so that the reply begins. */
	readonly answerNow?: AbortSignal | undefined;
	/** For `generate` only. Ends at once as "stopped" if turns would have to be left out. Default: false. */
	readonly onlyWhole?: boolean | undefined;
}

/** Receives an answer while it is generated. */
export interface GenerateListener {
	/** Called first, before anything is evaluated: which messages the model sees. */
	onTrimmed?(trimmed: TrimmedPrompt): void;
	/** Tokens of the prompt evaluated so far, of those that the context did not hold already. */
	onPrefill(doneTokens: number, totalTokens: number): void;
	/** Hears of new text only: what is continued is not repeated. */
	onText(channel: TextChannel, text: string): void;
}

/** A model that answers; the chat knows nothing of processes. */
export interface LanguageModel extends Disposable {
	readonly status: ModelStatus;
	/** Of the model that is in memory, whatever the settings name meanwhile. */
	readonly loadedPath: string | undefined;
	onDidChangeStatus(listener: (status: ModelStatus) => void): Disposable;

	/**
	 * Makes the model that the settings name ready: starts what must be started, asks before a download, loads.
	 * Does nothing when it is ready already and the settings are unchanged.
	 *
	 * @returns `undefined` if `signal` was aborted or a download was declined.
	 * @throws {FailureError} if the model cannot be had.
	 */
	prepare(signal: AbortSignal): Promise<ModelInfo | undefined>;

	/**
	 * Trims the conversation to the context, streams one answer through `listener`, and resolves when it has ended. Only
	 * after `prepare`.
	 *
	 * Messages that end with the beginning of the answer have it continued: the first text that comes belongs right
	 * behind its last character, and at temperature 0 the whole is what one call gives that was not cut there.
	 *
	 * Aborting `signal` or unloading the model ends the computation and resolves with the ending "stopped":
	 * cancellation is an ending, not an error. No listener is called after the promise has settled.
	 *
	 * @throws {FailureError} `messageTooLong` or `answerTooLong` before the listener is called, if the last turn does not
	 * fit the context; or if the answer cannot be produced to its end.
	 */
	generate(
		messages: PromptMessages,
		options: GenerateOptions,
		listener: GenerateListener,
		signal: AbortSignal,
	): Promise<Generated>;

	/**
	 * Counts the tokens of each conversation's prompt, by the loaded model's own tokenizer, also while it answers.
	 *
	 * @returns `undefined` while no model is loaded, or if `signal` was aborted.
	 */
	countTokens(
		conversations: readonly PromptMessages[],
		options: Pick<GenerateOptions, "thinking">,
		signal: AbortSignal,
	): Promise<readonly number[] | undefined>;

	/**
	 * Evaluates the beginning of a prompt whose last message is still being written, while the model has nothing else to
	 * do: nothing is loaded for it, `status` does not tell of it, and whatever is asked meanwhile ends it first.
	 *
	 * @returns `undefined` if the model is not in memory or at work, or was given something else to do meanwhile.
	 * @throws {FailureError} `messageTooLong`, or if the process died of it.
	 */
	preload(
		messages: PromptMessages,
		options: GenerateOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress | undefined>;

	/** Frees the model's memory; the next `prepare` loads it again. An answer that runs ends as "stopped". */
	unload(): Promise<void>;

	/**
	 * Finds out on what the model runs, and what else there is to run it on. Takes seconds: backends are loaded, in
	 * processes of their own.
	 *
	 * @returns `undefined` if `signal` was aborted.
	 */
	reportDevices(signal: AbortSignal): Promise<DeviceReport | undefined>;

	/** The settings that name the model changed: `status` follows, what is loaded stays until the next `prepare`. */
	settingsChanged(): void;
}
