import type { TextChannel } from "../protocol/chatEvent";
import type { InferenceFailure } from "../protocol/failure";
import type {
	DownloadProgressParams,
	Fit,
	Generated,
	InitializeResult,
	LogParams,
	Message,
	ResolvedModel,
	ResolveModelParams,
} from "../protocol/inference";
import type { GpuChoice, ModelDetails, ModelInfo } from "../protocol/model";

/** Carries an expected failure to `serve`, which sends it as the answer's error data. */
export class EngineError extends Error {
	override readonly name = "EngineError";
	readonly failure: InferenceFailure;

	constructor(failure: InferenceFailure) {
		super(failure.kind);
		this.failure = failure;
	}
}

/** Takes one line about the engine's work; never words of a conversation. */
export type EngineLog = (level: LogParams["level"], message: string) => void;

export interface LoadOptions {
	/** Absolute path of a .gguf. */
	readonly path: string;
	/** Tokens of context to allocate; 0: as many as fit. */
	readonly contextTokens: number;
	/** 0: chosen for the machine. */
	readonly threads: number;
}

export interface AnswerOptions {
	readonly messages: readonly Message[];
	readonly maxTokens: number;
	/** 0: always the likeliest token. */
	readonly temperature: number;
}

export interface AnswerListener {
	/** Tokens of the prompt evaluated so far, of those that the context did not hold already. */
	onPrefill(doneTokens: number, totalTokens: number): void;
	/** A piece of the answer, as short as one token. */
	onText(channel: TextChannel, text: string): void;
}

/**
 * Something that loads a model and answers with it. `serve` calls one method at a time, `initialize` first;
 * `inspectModel` alone at any time.
 * Cancellation is an ending: an aborted call resolves, soon.
 *
 * Every method throws {EngineError} for what can be expected to go wrong.
 */
export interface Engine {
	initialize(gpu: GpuChoice, log: EngineLog): Promise<InitializeResult>;

	/** Reads what a model's files say of it. */
	inspectModel(path: string): Promise<ModelDetails>;

	/** Tells what a URI names, without fetching it. */
	resolveModel(params: ResolveModelParams, signal: AbortSignal): Promise<ResolvedModel>;

	/** @returns the path of the file, or `undefined` if aborted: the part is kept for the next attempt. */
	downloadModel(
		params: ResolveModelParams,
		onProgress: (progress: DownloadProgressParams) => void,
		signal: AbortSignal,
	): Promise<string | undefined>;

	/** Loads a model in place of the one loaded. @returns `undefined` if aborted. */
	loadModel(
		options: LoadOptions,
		onProgress: (fraction: number) => void,
		signal: AbortSignal,
	): Promise<ModelInfo | undefined>;

	/** Finds what of a conversation fits the loaded model's context, with room for an answer. */
	fit(messages: readonly Message[], maxTokens: number): Promise<Fit>;

	/** Answers a conversation that fits. */
	generate(
		options: AnswerOptions,
		listener: AnswerListener,
		signal: AbortSignal,
	): Promise<Generated>;
}
