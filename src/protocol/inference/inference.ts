import * as v from "valibot";
import { NotificationType } from "vscode-jsonrpc";
import type { AnswerStats } from "../chat/chat";
import type { TextChannel } from "../chat/chatEvent";
import { ChildProgress, ChildRequest } from "../childProcess";
import type { BackendFinding, BackendName } from "./deviceBackend";
import type { EngineReport, EngineVersions } from "./deviceReport";
import {
	backendNameSchema,
	engineReportSchema,
	findingsSchema,
	fitSchema,
	modelDetailsSchema,
	modelInfoSchema,
	statsSchema,
	versionsSchema,
} from "./engineSchemas";
import type { GpuChoice, GpuLayers, ModelDetails, ModelInfo } from "./model";
import type { ModelFit } from "./modelFit";
import { byKind, count, fraction, unlessDropped } from "../schemaParts";
import { maxTextLength } from "../text/textLimit";
import type { Thinking } from "../chat/thinking";

/*
 * The protocol between the extension host and the inference process, in addition to `childProcess`.
 *
 * The process keeps no conversation: every request contains all messages, and the engine reuses what its context
 * already holds. After a crash, the host forks the process again and repeats the request.
 */

/** Increased with every incompatible change, so that a host never talks to a process left over from another version. */
export const inferenceProtocolVersion = 2;

/** The parameters of requests that have none. */
export type NoParams = Readonly<Record<string, never>>;

/** One message as the model sees it. */
export interface Message {
	readonly role: "system" | "user" | "assistant";
	readonly text: string;
	/** For an assistant: its earlier thought. The template decides whether the model sees it again. */
	readonly thought?: string | undefined;
}

/** The beginning of the requested answer. The model treats it as its own text and continues right after it. */
export interface AnswerBeginning extends Message {
	readonly role: "assistant";
	/** The reply so far, to its last character; empty if the answer broke off before its reply. */
	readonly text: string;
	/**
	 * The thought so far. If `text` is empty, the model continues the thought; otherwise the thought is complete. A
	 * model that does not separate thoughts from its reply does not see them.
	 */
	readonly thought?: string | undefined;
}

/**
 * The messages that the model is to answer. They begin with the system message, if there is one, and end with the
 * user's message or the beginning of the answer to it. Consecutive messages of the user reach the model as one,
 * separated by a blank line, because the templates of several models insist that roles alternate.
 */
export type PromptMessages = readonly Message[] | readonly [...Message[], AnswerBeginning];

export interface InitializeParams {
	readonly protocolVersion: number;
	readonly gpu: GpuChoice;
}

export interface InitializeResult {
	/** The backend that was loaded. A GPU backend may still find no device: see `ModelInfo.device`. */
	readonly backend: BackendName;
	readonly versions: EngineVersions;
}

/**
 * Finds the GPU backends, best first, with the problems of each as far as they show without loading it. Only this
 * request and `InspectModel` may come before `Initialize`.
 *
 * @throws `engineUnavailable`
 */
export const FindBackends = new ChildRequest<NoParams, readonly BackendFinding[]>(
	"device/find",
	findingsSchema,
);

/**
 * Loads llama.cpp. After `gpuUnavailable`, it may be sent again with another choice.
 *
 * @throws `gpuUnavailable`, `engineUnavailable`
 */
export const Initialize = new ChildRequest<InitializeParams, InitializeResult>(
	"initialize",
	v.object({ backend: backendNameSchema, versions: versionsSchema }),
);

export interface EstimateFitParams {
	/** Path of a .gguf file, or of its beginning with the complete header. */
	readonly path: string;
	/** As in `LoadModelParams`. */
	readonly contextTokens: number;
	readonly gpuLayers: GpuLayers;
}

/**
 * Estimates from a model's header how the model would run on this machine.
 *
 * @throws the failures whose names begin with `model`
 */
export const EstimateFit = new ChildRequest<EstimateFitParams, ModelFit>(
	"model/estimateFit",
	fitSchema,
);

export interface InspectModelParams {
	/** Absolute path of a .gguf file; the first part if the model is split. */
	readonly path: string;
}

/**
 * Reads the details of a model from its files. Allowed at any time: before `Initialize`, and during other requests.
 *
 * @throws `modelFileMissing`, `notGguf`, `modelTruncated`, `modelUnreadable`
 */
export const InspectModel = new ChildRequest<InspectModelParams, ModelDetails>(
	"model/inspect",
	modelDetailsSchema,
);

/** Where and how evaluated prompts are kept, so that chats resume at once. */
export interface PromptCacheOptions {
	/** Absolute path of a folder for cached prompts only. Processes may share it. */
	readonly folder: string;
	/** Total size; the least recently used prompts are evicted first. 0 keeps none, and removes those that exist. */
	readonly maxBytes: number;
	/** A prompt that saves less evaluation time than this is neither saved nor loaded, in milliseconds. */
	readonly leastGainMs: number;
}

export interface LoadModelParams {
	/** Absolute path of a .gguf file. */
	readonly path: string;
	/** Tokens of context to allocate, at most as many as the model was trained for; 0 allocates as many as fit. */
	readonly contextTokens: number;
	/** Layers on the GPU, at most as many as the model has; "auto" puts as many as fit beside the context. */
	readonly gpuLayers: GpuLayers;
	/** 0 chooses a number for the machine. */
	readonly threads: number;
	/** If missing, no prompts are cached. */
	readonly promptCache?: PromptCacheOptions | undefined;
	readonly progressToken: string;
}

export interface LoadProgressParams {
	/** 0 to 1. */
	readonly fraction: number;
}

export const LoadProgress = new ChildProgress<LoadProgressParams>(v.object({ fraction }));

/**
 * Loads a model in place of the current one. When canceled, it answers `null`.
 *
 * @throws the failures that concern models and memory
 */
export const LoadModel = new ChildRequest<LoadModelParams, ModelInfo | null>(
	"model/load",
	v.nullable(modelInfoSchema),
);

/** A conversation to build a prompt from. */
export interface PromptParams {
	readonly messages: PromptMessages;
	/** Tokens that the answer may have. The prompt leaves room for them, up to a quarter of the context. */
	readonly maxTokens: number;
	/** Some templates make it part of the prompt. Default: "auto". */
	readonly thinking?: Thinking | undefined;
}

/** The part of a conversation that fits into the context. */
export interface TrimmedPrompt {
	/**
	 * Index of the first message after the system message that the model sees. Whole turns are left out, oldest first.
	 * The last turn always stays, with the beginning of its answer.
	 */
	readonly keptFrom: number;
	/** Tokens of the trimmed prompt, including those that the template adds and those of an answer's beginning. */
	readonly promptTokens: number;
	readonly contextTokens: number;
}

export interface CountTokensParams {
	readonly conversations: readonly PromptMessages[];
	readonly thinking?: Thinking | undefined;
}

/**
 * Counts the tokens of each conversation's prompt with the loaded model's tokenizer, including those that the template
 * adds; `null` while no model is loaded. Answered at once, even while an answer is being generated: generation waits,
 * so use it only for texts that take milliseconds.
 */
export const CountTokens = new ChildRequest<CountTokensParams, readonly number[] | null>(
	"chat/countTokens",
	v.nullable(v.array(count)),
);

/** The result of preloading. */
export interface PreloadProgress {
	/** Tokens that were evaluated, because the context did not hold them. */
	readonly evaluatedTokens: number;
	/** Tokens of the prompt's beginning that the context now holds. */
	readonly heldTokens: number;
}

/**
 * Evaluates the beginning of a prompt whose last message is still being typed: the part of the trimmed prompt that
 * stays the same however the message continues. When canceled, it answers with the progress so far.
 *
 * @throws `messageTooLong`, `templateRefused`
 */
export const PreloadPrompt = new ChildRequest<PromptParams, PreloadProgress>(
	"chat/readAhead",
	v.object({ evaluatedTokens: count, heldTokens: count }),
);

export interface GenerateParams extends PromptParams {
	/** Tokens to generate at most, not counting the answer's beginning. */
	readonly maxTokens: number;
	/** 0 always picks the most likely token. */
	readonly temperature: number;
	/** Ends at once as "stopped" if the conversation would have to be trimmed. Default: false. */
	readonly onlyWhole?: boolean | undefined;
	readonly progressToken: string;
}

/**
 * The progress of an answer. "trimmed" comes first: until then nothing is evaluated, and the request may still be
 * refused. Text contains new text only, at most one message per 16 ms.
 */
export type GenerateProgressParams =
	| ({ readonly kind: "trimmed" } & TrimmedPrompt)
	| { readonly kind: "prefill"; readonly doneTokens: number; readonly totalTokens: number }
	| {
			readonly kind: "text";
			readonly channel: TextChannel;
			readonly text: string;
			/** Tokens generated so far: at least those of all text sent. */
			readonly answerTokens: number;
	  };

export const GenerateProgress = new ChildProgress<GenerateProgressParams>(
	byKind<GenerateProgressParams>({
		trimmed: v.object({
			kind: v.literal("trimmed"),
			keptFrom: count,
			promptTokens: count,
			contextTokens: count,
		}),
		prefill: v.object({ kind: v.literal("prefill"), doneTokens: count, totalTokens: count }),
		text: v.object({
			kind: v.literal("text"),
			channel: v.picklist(["reply", "thought"]),
			text: v.pipe(v.string(), v.maxLength(maxTextLength)),
			answerTokens: count,
		}),
	}),
	(earlier, later) => {
		if (earlier.kind === "prefill" && later.kind === "prefill") {
			return later;
		}
		return earlier.kind === "text" && later.kind === "text" && earlier.channel === later.channel
			? { ...later, text: earlier.text + later.text }
			: undefined;
	},
);

/** How generation ended: by the model, by canceling, or at a limit. */
export interface Generated {
	readonly ending: "complete" | "stopped" | "maxTokens" | "contextFull";
	/**
	 * Statistics of this call alone: the beginning of a continued answer counts as prompt, not as answer. `undefined`
	 * if no token was generated.
	 */
	readonly stats: AnswerStats | undefined;
}

/**
 * Trims a conversation to the context and answers it. When canceled, it answers `stopped` with the statistics so far.
 * All text has been sent as progress by then.
 *
 * @throws `messageTooLong` if the system message and the last turn alone leave no room for an answer, `answerTooLong`
 * if they leave no room to continue it, `templateRefused`
 */
export const Generate = new ChildRequest<GenerateParams, Generated>(
	"chat/generate",
	v.object({
		ending: v.picklist(["complete", "stopped", "maxTokens", "contextFull"]),
		stats: unlessDropped(statsSchema),
	}),
);

export interface AnswerNowParams {
	/** The progress token of the `Generate` request. */
	readonly progressToken: string;
}

/** Ends the thought of the answer that is being generated, or that it would begin with, so that the reply begins. */
export const AnswerNow = new NotificationType<AnswerNowParams>("chat/answerNow");

/** Reports the device and why it is used. Answered at once, even while an answer is being generated. */
export const ReportDevice = new ChildRequest<NoParams, EngineReport>(
	"device/report",
	engineReportSchema,
);
