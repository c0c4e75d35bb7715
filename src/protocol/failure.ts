import type { BackendProblem, GpuBackend } from "./inference/deviceBackend";
import type { DownloadCause } from "./download/downloadFailure";
import type { OtherKind } from "./download/modelKind";

/** What comes by itself after a crash. */
export type CrashRecovery =
	/** The process is started again, and the model is loaded. */
	| "restarts"
	/** Nothing any more: it was started again too often lately. */
	| "gaveUp"
	/** Nothing: whoever asks starts it. */
	| "none";

/** What there is in place of a GGUF. */
export const foundInstead = [
	"folder",
	"pipe",
	"device",
	"nothing",
	"zeros",
	"gitLfsPointer",
	"webPage",
	"archive",
	"safetensors",
	"oldFormat",
	"other",
] as const;
export type FoundInstead = (typeof foundInstead)[number];

/** Why no answer, or no whole answer, can be had. Plain data: `describeFailure` turns it into words. */
export type InferenceFailure =
	/** `localLlm.model` is empty. */
	| { readonly kind: "modelNotChosen" }
	/** `localLlm.model` is neither an absolute path of a .gguf, nor an `hf:` URI, nor an https URL. */
	| { readonly kind: "modelSettingInvalid"; readonly value: string }
	| { readonly kind: "modelFileMissing"; readonly path: string }
	/** What the path leads to does not begin as a GGUF does; `found` is `undefined` in records of earlier versions. */
	| {
			readonly kind: "notGguf";
			readonly path: string;
			readonly found: FoundInstead | undefined;
	  }
	/** A GGUF whose end is missing, as an interrupted copy leaves it. */
	| { readonly kind: "modelTruncated"; readonly path: string; readonly fileBytes: number }
	/** A GGUF that nobody can chat with. */
	| { readonly kind: "notChatModel"; readonly path: string; readonly modelKind: OtherKind }
	/** Not the first file of a split model. `part` counts from 1; `first` is the file to choose, if it is there. */
	| {
			readonly kind: "laterPart";
			readonly path: string;
			readonly part: number;
			readonly count: number;
			readonly first: string | undefined;
	  }
	| {
			readonly kind: "unsupportedArchitecture";
			readonly path: string;
			readonly architecture: string;
	  }
	/** A GGUF that llama.cpp cannot read; `reason` is its own last words. */
	| { readonly kind: "modelUnreadable"; readonly path: string; readonly reason: string }
	/**
	 * `requiredBytes` estimates weights and context, `undefined` where only the engine knows; `freeBytes` is what the
	 * device had left.
	 */
	| {
			readonly kind: "insufficientMemory";
			readonly path: string;
			readonly requiredBytes: number | undefined;
			readonly freeBytes: number;
			readonly contextTokens: number;
	  }
	/** The backend that the setting names cannot be loaded on this machine. */
	| {
			readonly kind: "gpuUnavailable";
			readonly gpu: GpuBackend;
			readonly problem: BackendProblem;
	  }
	/** The GPU's memory does not hold as many layers of the model as the setting asks for. */
	| { readonly kind: "tooManyGpuLayers"; readonly gpuLayers: number; readonly freeBytes: number }
	/** llama.cpp itself cannot be loaded. */
	| { readonly kind: "engineUnavailable"; readonly reason: string }
	/** The model's chat template does not take the conversation; `reason` is its own, in one line. */
	| { readonly kind: "templateRefused"; readonly reason: string }
	/** One message, with the system prompt, does not fit the context. Exact counts of the model's tokenizer. */
	| {
			readonly kind: "messageTooLong";
			/** Tokens of the message and the system prompt, with the template's own. */
			readonly tokens: number;
			/** The most such tokens that leave room for an answer. */
			readonly limitTokens: number;
			/** As allocated, and the most that the model was trained for. */
			readonly contextTokens: number;
			readonly trainedContextTokens: number;
	  }
	/** An answer fills the context with its message and the system prompt, so that it cannot be continued. */
	| {
			readonly kind: "answerTooLong";
			/** Tokens of the three, with the template's own. */
			readonly tokens: number;
			/** The most such tokens that leave room to go on. */
			readonly limitTokens: number;
			/** As allocated, and the most that the model was trained for. */
			readonly contextTokens: number;
			readonly trainedContextTokens: number;
	  }
	/** `host` was asked for the model, as people know it. */
	| {
			readonly kind: "downloadFailed";
			readonly host: string;
			readonly cause: DownloadCause;
			/** What a program said about it; empty if nothing. */
			readonly detail: string;
	  }
	/** The process that runs the model ended by itself. */
	| {
			readonly kind: "processCrashed";
			readonly exitCode: number | null;
			readonly signal: string | null;
			/** The last lines the process wrote, oldest first. */
			readonly lastLines: readonly string[];
			/** The device was a GPU, so the CPU is worth a try. */
			readonly onGpu: boolean;
			/** Of the report that tells more of it. */
			readonly reportId: string;
			readonly recovery: CrashRecovery;
	  }
	/** Another window generates an answer in the same conversation. */
	| { readonly kind: "answeredElsewhere" }
	/** A bug of ours; the log has the stack. */
	| { readonly kind: "internal"; readonly message: string };
