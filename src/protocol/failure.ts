import type { BackendProblem, GpuBackend } from "./inference/deviceBackend";
import type { DownloadCause } from "./download/downloadFailure";
import type { OtherKind } from "./download/modelKind";

/** What happens automatically after a crash. */
export type CrashRecovery =
	/** The process is restarted, and the model is loaded. */
	| "restarts"
	/** Nothing more: the process was restarted too often lately. */
	| "gaveUp"
	/** Nothing: the next request restarts the process. */
	| "none";

/** What a file can be instead of a GGUF file. */
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

/** Why there is no answer, or no complete one. Plain data: `describeFailure` turns it into words. */
export type InferenceFailure =
	/** `localLlm.model` is empty. */
	| { readonly kind: "modelNotChosen" }
	/** `localLlm.model` is not an absolute path of a .gguf file, an `hf:` URI, or an https URL. */
	| { readonly kind: "modelSettingInvalid"; readonly value: string }
	| { readonly kind: "modelFileMissing"; readonly path: string }
	/** The path is not a GGUF file; `found` is `undefined` in records of earlier versions. */
	| {
			readonly kind: "notGguf";
			readonly path: string;
			readonly found: FoundInstead | undefined;
	  }
	/** A GGUF file whose end is missing, for example after an interrupted copy. */
	| { readonly kind: "modelTruncated"; readonly path: string; readonly fileBytes: number }
	/** A GGUF file whose model cannot chat. */
	| { readonly kind: "notChatModel"; readonly path: string; readonly modelKind: OtherKind }
	/** Not the first file of a split model. `part` counts from 1; `first` is the file to choose, if it exists. */
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
	/** A GGUF file that llama.cpp cannot read; `reason` is its last output. */
	| { readonly kind: "modelUnreadable"; readonly path: string; readonly reason: string }
	/**
	 * `requiredBytes` estimates weights and context, and is `undefined` if only the engine knows; `freeBytes` is the
	 * device's free memory.
	 */
	| {
			readonly kind: "insufficientMemory";
			readonly path: string;
			readonly requiredBytes: number | undefined;
			readonly freeBytes: number;
			readonly contextTokens: number;
	  }
	/** The backend in the settings cannot be loaded on this machine. */
	| {
			readonly kind: "gpuUnavailable";
			readonly gpu: GpuBackend;
			readonly problem: BackendProblem;
	  }
	/** The GPU's memory cannot hold as many layers of the model as the setting requires. */
	| { readonly kind: "tooManyGpuLayers"; readonly gpuLayers: number; readonly freeBytes: number }
	/** llama.cpp itself cannot be loaded. */
	| { readonly kind: "engineUnavailable"; readonly reason: string }
	/** The model's chat template rejects the conversation; `reason` is the template's own, on one line. */
	| { readonly kind: "templateRefused"; readonly reason: string }
	/** A single message with the system prompt exceeds the context. Exact counts by the model's tokenizer. */
	| {
			readonly kind: "messageTooLong";
			/** Tokens of the message and the system prompt, including those that the template adds. */
			readonly tokens: number;
			/** The maximum of such tokens that leaves room for an answer. */
			readonly limitTokens: number;
			/** Tokens of context as allocated, and the most that the model was trained for. */
			readonly contextTokens: number;
			readonly trainedContextTokens: number;
	  }
	/** An answer, its message, and the system prompt fill the context, so that the answer cannot be continued. */
	| {
			readonly kind: "answerTooLong";
			/** Tokens of all three, including those that the template adds. */
			readonly tokens: number;
			/** The maximum of such tokens that leaves room to continue. */
			readonly limitTokens: number;
			/** Tokens of context as allocated, and the most that the model was trained for. */
			readonly contextTokens: number;
			readonly trainedContextTokens: number;
	  }
	/** `host` is the server that was asked for the model, as users know it. */
	| {
			readonly kind: "downloadFailed";
			readonly host: string;
			readonly cause: DownloadCause;
			/** Output of a program about the failure; empty if there is none. */
			readonly detail: string;
	  }
	/** The inference process ended unexpectedly. */
	| {
			readonly kind: "processCrashed";
			readonly exitCode: number | null;
			readonly signal: string | null;
			/** The last lines that the process wrote, oldest first. */
			readonly lastLines: readonly string[];
			/** Whether the device was a GPU, so that the CPU is worth a try. */
			readonly onGpu: boolean;
			/** Id of the report with more details. */
			readonly reportId: string;
			readonly recovery: CrashRecovery;
	  }
	/** Another window is generating an answer in the same chat. */
	| { readonly kind: "answeredElsewhere" }
	/** A bug in this extension; the log has the stack. */
	| { readonly kind: "internal"; readonly message: string };
