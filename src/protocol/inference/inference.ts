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
 * The protocol between the extension host and the process that runs the model, beside `childProcess`.
 *
 * The process keeps no conversation: every request carries all messages, and the engine reuses what its context
 * already holds. After a crash the host forks again and sends again.
 */

/** Raised with every incompatible change: a host never talks to a process left over from another version. */
export const inferenceProtocolVersion = 2;

/** Of requests that ask for all there is. */
export type NoParams = Readonly<Record<string, never>>;

/** One message as the model sees it. */
export interface Message {
	readonly role: "system" | "user" | "assistant";
	readonly text: string;
	/** Of an assistant: what it thought before. Its template decides whether the model sees it again. */
	readonly thought?: string | undefined;
}

/** What there is already of the answer that is asked for: the model takes it for its own and goes on right after it. */
export interface AnswerBeginning extends Message {
	readonly role: "assistant";
	/** The reply so far, to its last character; empty if the answer broke off before. */
	readonly text: string;
	/**
	 * What the model thought, as far as it came. While `text` is empty it thinks on, otherwise it has thought to the
	 * end. A model that has no thoughts apart from its reply does not see them.
	 */
	readonly thought?: string | undefined;
}

/**
 * What the model is to answer. It begins with the system message if there is one, and ends with the user's message,
 * or with the beginning of the answer to it. Users' messages that follow each other reach the model as one, with a
 * blank line between: several models' templates insist that roles alternate.
 */
export type PromptMessages = readonly Message[] | readonly [...Message[], AnswerBeginning];

export interface InitializeParams {
	readonly protocolVersion: number;
	readonly gpu: GpuChoice;
}

export interface InitializeResult {
	/** What was loaded to compute with. A GPU's backend may still find no device: `ModelInfo.device` tells. */
	readonly backend: BackendName;
	readonly versions: EngineVersions;
}

/**
 * Asks for the GPUs' backends, best first, and what speaks against each as far as that shows without loading it.
 * The one request that may come before `Initialize`. @throws `engineUnavailable`
 */
export const FindBackends = new ChildRequest<NoParams, readonly BackendFinding[]>(
	"device/find",
	findingsSchema,
);

/**
 * Loads llama.cpp. After `gpuUnavailable` it may be sent again with another choice.
 *
 * @throws `gpuUnavailable`, `engineUnavailable`
 */
export const Initialize = new ChildRequest<InitializeParams, InitializeResult>(
	"initialize",
	v.object({ backend: backendNameSchema, versions: versionsSchema }),
);

export interface EstimateFitParams {
	/** Of a .gguf, or of its beginning with the whole header. */
	readonly path: string;
	/** As `LoadModelParams` has them. */
	readonly contextTokens: number;
	readonly gpuLayers: GpuLayers;
}

/** Estimates from its header how a model would run here. @throws the failures named after models */
export const EstimateFit = new ChildRequest<EstimateFitParams, ModelFit>(
	"model/estimateFit",
	fitSchema,
);

export interface InspectModelParams {
	/** Absolute path of a .gguf, of the first part if the model is split. */
	readonly path: string;
}

/**
 * Reads what a model's files say of it. Answered at any time, before `initialize` and beside other requests.
 *
 * @throws `modelFileMissing`, `notGguf`, `modelTruncated`, `modelUnreadable`
 */
export const InspectModel = new ChildRequest<InspectModelParams, ModelDetails>(
	"model/inspect",
	modelDetailsSchema,
);

/** Where states of what was evaluated are kept, for conversations that are gone on with later. */
export interface PromptCacheOptions {
	/** Absolute path of a folder for them alone, which processes may share. */
	readonly folder: string;
	/** Of all of them; those used longest ago leave first. 0: none is kept, and those that there are leave. */
	readonly maxBytes: number;
	/** What spares less of evaluating is neither saved nor loaded, in milliseconds. */
	readonly leastGainMs: number;
}

export interface LoadModelParams {
	/** Absolute path of a .gguf. */
	readonly path: string;
	/** Tokens of context to allocate, never over what the model was trained for; 0: as many as fit. */
	readonly contextTokens: number;
	/** Layers on the GPU, at most those that the model has; "auto": as many as fit beside the context. */
	readonly gpuLayers: GpuLayers;
	/** 0: chosen for the machine. */
	readonly threads: number;
	/** Without it none is kept. */
	readonly promptCache?: PromptCacheOptions | undefined;
	readonly progressToken: string;
}

export interface LoadProgressParams {
	/** 0 to 1. */
	readonly fraction: number;
}

export const LoadProgress = new ChildProgress<LoadProgressParams>(v.object({ fraction }));

/** Loads a model in place of the one loaded; cancelled, it answers `null`. @throws the failures named after models and memory */
export const LoadModel = new ChildRequest<LoadModelParams, ModelInfo | null>(
	"model/load",
	v.nullable(modelInfoSchema),
);

/** A conversation to make a prompt of. */
export interface PromptParams {
	readonly messages: PromptMessages;
	/** Tokens that the answer may have: the prompt leaves room for them, up to a quarter of the context. */
	readonly maxTokens: number;
	/** Part of the prompt for some templates. Default: "auto". */
	readonly thinking?: Thinking | undefined;
}

/** The part of a conversation that fits into the context. */
export interface TrimmedPrompt {
	/**
	 * Index of the first message after the system message that the model sees. Whole turns are left out, oldest first;
	 * the last turn always stays, with the beginning of its answer.
	 */
	readonly keptFrom: number;
	/** Tokens of the trimmed prompt, including the template's own and those of an answer's beginning. */
	readonly promptTokens: number;
	readonly contextTokens: number;
}

export interface CountTokensParams {
	readonly conversations: readonly PromptMessages[];
	readonly thinking?: Thinking | undefined;
}

/**
 * Counts the tokens of each conversation's prompt with the loaded model's tokenizer, the template's own among them;
 * `null` while no model is loaded. Answered at once, also while an answer is generated, which waits meanwhile: it is
 * for texts that take milliseconds.
 */
export const CountTokens = new ChildRequest<CountTokensParams, readonly number[] | null>(
	"chat/countTokens",
	v.nullable(v.array(count)),
);

/** What reading ahead has come to. */
export interface PreloadProgress {
	/** Tokens that were evaluated for it, of those that the context did not hold. */
	readonly evaluatedTokens: number;
	/** Tokens of the prompt's beginning that the context holds now. */
	readonly heldTokens: number;
}

/**
 * Evaluates the beginning of a prompt whose last message is still being typed: the part of the trimmed prompt that stays
 * the same however the message continues. Cancelled, it answers with what was done until then.
 *
 * @throws `messageTooLong`, `templateRefused`
 */
export const PreloadPrompt = new ChildRequest<PromptParams, PreloadProgress>(
	"chat/readAhead",
	v.object({ evaluatedTokens: count, heldTokens: count }),
);

export interface GenerateParams extends PromptParams {
	/** Tokens to generate at most, without the answer's beginning. */
	readonly maxTokens: number;
	/** 0 always picks the most likely token. */
	readonly temperature: number;
	/** Ends at once as "stopped" where the conversation would have to be trimmed. Default: false. */
	readonly onlyWhole?: boolean | undefined;
	readonly progressToken: string;
}

/**
 * What happens while an answer is generated. "trimmed" comes first: until then nothing is evaluated, and the request may
 * still be refused. Text is new text only, joined to at most one message per 16 ms.
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

/** How generating ended: the model's own end, a cancelled request, a limit. */
export interface Generated {
	readonly ending: "complete" | "stopped" | "maxTokens" | "contextFull";
	/**
	 * Of this call alone: the beginning of a continued answer counts as prompt, not as answer. `undefined` where no
	 * token came.
	 */
	readonly stats: AnswerStats | undefined;
}

/**
 * Trims a conversation to the context and answers it. Cancelled, it answers `stopped` with what was measured so far. All
 * text has arrived as progress before.
 *
 * @throws `messageTooLong` if the system message and the last turn alone leave no room for an answer, `answerTooLong` if
 * they leave none to continue it, `templateRefused`
 */
export const Generate = new ChildRequest<GenerateParams, Generated>(
	"chat/generate",
	v.object({
		ending: v.picklist(["complete", "stopped", "maxTokens", "contextFull"]),
		stats: unlessDropped(statsSchema),
	}),
);

export interface AnswerNowParams {
	/** That of the `Generate` which it is for. */
	readonly progressToken: string;
}

/** Ends the thought of an answer that is being generated, or that it would begin with, so that the reply begins. */
export const AnswerNow = new NotificationType<AnswerNowParams>("chat/answerNow");

/** Asks on what the process computes, and why. Answered at once, also while an answer is generated. */
export const ReportDevice = new ChildRequest<NoParams, EngineReport>(
	"device/report",
	engineReportSchema,
);
