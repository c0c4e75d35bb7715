import type { WriteLog } from "../child/hostConnection";
import type { TextChannel } from "../protocol/chat/chatEvent";
import type { BackendFinding } from "../protocol/inference/deviceBackend";
import type { EngineReport } from "../protocol/inference/deviceReport";
import type {
	EstimateFitParams,
	TrimmedPrompt,
	Generated,
	GenerateParams,
	InitializeResult,
	PromptMessages,
	PreloadProgress,
	PromptCacheOptions,
} from "../protocol/inference/inference";
import type { GpuChoice, GpuLayers, ModelDetails, ModelInfo } from "../protocol/inference/model";
import type { ModelFit } from "../protocol/inference/modelFit";
import type { Thinking } from "../protocol/chat/thinking";

export interface LoadOptions {
	/** Absolute path of a .gguf. */
	readonly path: string;
	/** Tokens of context to allocate; 0: as many as fit. */
	readonly contextTokens: number;
	/** Layers on the GPU, at most those that the model has; "auto": as many as fit beside the context. */
	readonly gpuLayers: GpuLayers;
	/** 0: chosen for the machine. */
	readonly threads: number;
	/** Where states of what was evaluated are kept; without it none is. */
	readonly promptCache?: PromptCacheOptions | undefined;
}

export interface AnswerOptions extends Omit<GenerateParams, "progressToken"> {
	/** Aborted, it ends a thought that runs or would begin, so that the reply begins; never the answer. */
	readonly answerNow?: AbortSignal | undefined;
}

/** What is asked of a prompt beside its messages. */
export interface PromptOptions {
	readonly maxTokens: number;
	readonly thinking?: Thinking | undefined;
}

export interface AnswerSink {
	/** Called first: what of the conversation the model sees. */
	onTrimmed(trimmed: TrimmedPrompt): void;
	/** Tokens of the prompt evaluated so far, of those that the context did not hold already. */
	onPrefill(doneTokens: number, totalTokens: number): void;
	/** A piece of the answer, as short as one token, and how many tokens it is made of. */
	onText(channel: TextChannel, text: string, tokens: number): void;
}

/**
 * Something that loads a model and answers with it. `serve` calls one method at a time, `findBackends` or `initialize`
 * first; `report` and `countTokens` come at any time after, and `inspectModel` at any time. Cancellation is an ending: an aborted call
 * resolves, soon.
 *
 * Every method throws {FailureError} for what can be expected to go wrong.
 */
export interface Engine {
	/** Tells of the GPUs' backends, best first, without loading any. */
	findBackends(): Promise<readonly BackendFinding[]>;

	/** Comes again after it failed, with another choice. */
	initialize(gpu: GpuChoice, log: WriteLog): Promise<InitializeResult>;

	/** Reads what a model's files say of it. */
	inspectModel(path: string): Promise<ModelDetails>;

	/** Estimates from a model's header how it would run here. */
	estimateFit(params: EstimateFitParams): Promise<ModelFit>;

	/** Loads a model in place of the one loaded. @returns `undefined` if aborted. */
	loadModel(
		options: LoadOptions,
		onProgress: (fraction: number) => void,
		signal: AbortSignal,
	): Promise<ModelInfo | undefined>;

	/**
	 * Counts the tokens of each conversation's prompt. Only reads: another method may be at work.
	 *
	 * @returns `undefined` while no model is loaded.
	 */
	countTokens(
		conversations: readonly PromptMessages[],
		thinking: Thinking | undefined,
	): readonly number[] | undefined;

	/**
	 * Evaluates the beginning of a prompt whose last message is still being written, so that `generate` finds it in the
	 * context. Fails as `generate` does.
	 */
	preload(
		messages: PromptMessages,
		options: PromptOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress>;

	/**
	 * Trims a conversation to the context and answers it. Throws `messageTooLong`, `answerTooLong`, or `templateRefused`
	 * before it calls the listener.
	 */
	generate(options: AnswerOptions, listener: AnswerSink, signal: AbortSignal): Promise<Generated>;

	/**
	 * Saves the state of what was evaluated, if that is worth it. Never fails; aborted, it may have saved nothing.
	 *
	 * @param moment "rest": nothing was asked for a while; "end": the process is about to end
	 */
	saveToCache(moment: "rest" | "end", signal: AbortSignal): Promise<void>;

	/** Tells on what it computes. Only reads: another method may be at work. */
	report(): Promise<EngineReport>;
}
