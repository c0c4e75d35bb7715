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
	/** Absolute path of a .gguf file. */
	readonly path: string;
	/** Tokens of context to allocate; 0 for as many as fit. */
	readonly contextTokens: number;
	/** Layers on the GPU, limited to those that the model has; "auto" for as many as fit next to the context. */
	readonly gpuLayers: GpuLayers;
	/** Number of threads; 0 to choose for this machine. */
	readonly threads: number;
	/** Where evaluated prompts are cached; absent to cache none. */
	readonly promptCache?: PromptCacheOptions | undefined;
}

export interface AnswerOptions extends Omit<GenerateParams, "progressToken"> {
	/** When aborted, ends the current or upcoming thought so that the reply begins. Never ends the answer. */
	readonly answerNow?: AbortSignal | undefined;
}

/** Options of a prompt. */
export interface PromptOptions {
	readonly maxTokens: number;
	readonly thinking?: Thinking | undefined;
}

export interface AnswerSink {
	/** Called first, with the part of the conversation that the model sees. */
	onTrimmed(trimmed: TrimmedPrompt): void;
	/** Reports how many tokens of the prompt have been evaluated, not counting those that the context already held. */
	onPrefill(doneTokens: number, totalTokens: number): void;
	/** Receives a piece of the answer, as short as one token, and the number of tokens it consists of. */
	onText(channel: TextChannel, text: string, tokens: number): void;
}

/**
 * Loads a model and generates answers with it. `serve` calls one method at a time, `findBackends` or `initialize`
 * first. `report` and `countTokens` may be called at any time after that, and `inspectModel` at any time. Cancellation
 * is an ending: an aborted call resolves soon.
 *
 * Every method throws {FailureError} for expected failures.
 */
export interface Engine {
	/** Lists the GPU backends, best first, without loading any. */
	findBackends(): Promise<readonly BackendFinding[]>;

	/** Loads the chosen backend. May be called again with another choice after a failure. */
	initialize(gpu: GpuChoice, log: WriteLog): Promise<InitializeResult>;

	/** Reads the metadata in a model's files. */
	inspectModel(path: string): Promise<ModelDetails>;

	/** Estimates from a model's header how it would run on this machine. */
	estimateFit(params: EstimateFitParams): Promise<ModelFit>;

	/** Loads a model, which replaces the loaded one. Returns `undefined` if aborted. */
	loadModel(
		options: LoadOptions,
		onProgress: (fraction: number) => void,
		signal: AbortSignal,
	): Promise<ModelInfo | undefined>;

	/**
	 * Counts the tokens of each conversation's prompt. Read-only, so it may run beside another method.
	 *
	 * @returns `undefined` if no model is loaded
	 */
	countTokens(
		conversations: readonly PromptMessages[],
		thinking: Thinking | undefined,
	): readonly number[] | undefined;

	/**
	 * Evaluates the beginning of a prompt whose last message is still being typed, so that `generate` finds it in the
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
	 * Saves the evaluated prompt to the cache if that is worth it. Never fails. If aborted, may have saved nothing.
	 *
	 * @param moment "rest": there was no request for a while; "end": the process is about to end
	 */
	saveToCache(moment: "rest" | "end", signal: AbortSignal): Promise<void>;

	/** Reports the device in use. Read-only, so it may run beside another method. */
	report(): Promise<EngineReport>;
}
