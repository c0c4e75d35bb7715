import { Emitter } from "../../../src/extension/base/emitter";
import type {
	GenerateListener,
	GenerateOptions,
	LanguageModel,
} from "../../../src/extension/inference/languageModel";
import type { DeviceReport } from "../../../src/protocol/inference/deviceReport";
import type { InferenceFailure } from "../../../src/protocol/failure";
import type {
	PromptMessages,
	TrimmedPrompt,
	Generated,
	PreloadProgress,
} from "../../../src/protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../../src/protocol/inference/model";
import { countWords } from "./scriptedAnswers";
import { sampleDeviceReport } from "./sampleDeviceReport";
import { FailureError } from "../../../src/protocol/failureError";

export const model: ModelInfo = {
	name: "stepped",
	path: "/models/stepped.gguf",
	fileBytes: 1,
	architecture: "llama",
	contextTokens: 512,
	trainedContextTokens: 512,
	contextBytesPerToken: 1000,
	memoryBytes: { ram: 2_000_000, gpu: 0 },
	device: { kind: "cpu", threads: 1 },
	deviceReasons: [{ kind: "gpuOff" }],
	thinking: { kind: "none" },
	templateStandIn: undefined,
};

/** A call that the test settles. */
export interface Call<Args, Result> {
	readonly args: Args;
	readonly signal: AbortSignal;
	resolve(result: Result): void;
	/** Rejects with an expected failure. */
	fail(failure: InferenceFailure): void;
	/** Rejects as a bug does. */
	reject(error: unknown): void;
}

export interface GenerateArgs {
	readonly messages: PromptMessages;
	readonly options: GenerateOptions;
	readonly listener: GenerateListener;
}

/** A language model that waits for the test at every step, so that races can be played in any order. */
export class SteppedLanguageModel implements LanguageModel {
	readonly status: ModelStatus = { kind: "ready", info: model };
	readonly loadedPath = model.path;
	readonly onDidChangeStatus = new Emitter<ModelStatus>().event;
	unloads = 0;
	settingsChanges = 0;
	readonly prepares: Call<undefined, ModelInfo | undefined>[] = [];
	readonly trims: Call<PromptMessages, TrimmedPrompt | undefined>[] = [];
	readonly generates: Call<GenerateArgs, Generated>[] = [];
	readonly preloads: Call<PromptMessages, PreloadProgress | undefined>[] = [];

	prepare(signal: AbortSignal): Promise<ModelInfo | undefined> {
		return pending(this.prepares, undefined, signal);
	}

	/** Waits in `trims` for the kept part of the conversation, then in `generates` for the answer. */
	generate(
		messages: PromptMessages,
		options: GenerateOptions,
		listener: GenerateListener,
		signal: AbortSignal,
	): Promise<Generated> {
		const stopped: Generated = { ending: "stopped", stats: undefined };
		return pending<PromptMessages, TrimmedPrompt | undefined>(this.trims, messages, signal).then(
			(trimmed) => {
				if (!trimmed || signal.aborted || (options.onlyWhole === true && trimmed.keptFrom > 1)) {
					return stopped;
				}
				listener.onTrimmed?.(trimmed);
				return pending(this.generates, { messages, options, listener }, signal);
			},
		);
	}

	countTokens(conversations: readonly PromptMessages[]): Promise<readonly number[] | undefined> {
		return Promise.resolve(conversations.map(countWords));
	}

	preload(
		messages: PromptMessages,
		_options: GenerateOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress | undefined> {
		return pending(this.preloads, messages, signal);
	}

	unload(): Promise<void> {
		this.unloads += 1;
		return Promise.resolve();
	}

	reportDevices(): Promise<DeviceReport | undefined> {
		return Promise.resolve(sampleDeviceReport(model));
	}

	settingsChanged(): void {
		this.settingsChanges += 1;
	}

	/** Ends every step that still waits, as Stop does, and forgets everything. */
	reset(): void {
		for (const prepare of this.prepares.splice(0)) {
			prepare.resolve(undefined);
		}
		for (const trim of this.trims.splice(0)) {
			trim.resolve(undefined);
		}
		for (const generate of this.generates.splice(0)) {
			generate.resolve({ ending: "stopped", stats: undefined });
		}
		for (const preload of this.preloads.splice(0)) {
			preload.resolve(undefined);
		}
		this.unloads = 0;
		this.settingsChanges = 0;
	}

	dispose(): void {
		this.reset();
	}
}

function pending<Args, Result>(
	calls: Call<Args, Result>[],
	args: Args,
	signal: AbortSignal,
): Promise<Result> {
	return new Promise((resolve, reject: (reason: unknown) => void) => {
		calls.push({
			args,
			signal,
			resolve,
			reject,
			fail: (failure) => {
				reject(new FailureError(failure));
			},
		});
	});
}
