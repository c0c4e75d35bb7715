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
	Generated,
	PreloadProgress,
} from "../../../src/protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../../src/protocol/inference/model";
import { sampleDeviceReport } from "./sampleDeviceReport";
import { countWords } from "./scriptedAnswers";
import { playAnswer, scriptedThinking, trimByWords } from "./scriptedGeneration";
import { FailureError } from "../../../src/protocol/failureError";

const info: ModelInfo = {
	name: "Fake",
	path: "/models/fake.gguf",
	fileBytes: 1,
	architecture: "script",
	contextTokens: 512,
	trainedContextTokens: 512,
	contextBytesPerToken: 1000,
	memoryBytes: { ram: 2_000_000, gpu: 0 },
	device: { kind: "cpu", threads: 1 },
	deviceReasons: [],
	thinking: scriptedThinking,
	templateStandIn: undefined,
};

/**
 * A language model in memory that keeps the contract and answers from a script (see `scriptedRest`), one word per token.
 */
export class FakeLanguageModel implements LanguageModel {
	readonly onDidChangeStatus: LanguageModel["onDidChangeStatus"];
	/** Every conversation that was sent for an answer, in order. */
	readonly asked: PromptMessages[] = [];
	readonly #changes = new Emitter<ModelStatus>();
	readonly #running = new Set<AbortController>();
	#status: ModelStatus = { kind: "unloaded", name: "Fake", detail: info.path, gpu: "off" };
	#prepareFailure: InferenceFailure | undefined;

	constructor() {
		this.onDidChangeStatus = this.#changes.event;
	}

	get status(): ModelStatus {
		return this.#status;
	}

	get loadedPath(): string | undefined {
		return this.#status.kind === "ready" ? info.path : undefined;
	}

	/** Makes `prepare` fail until it is called with `undefined`. */
	failPrepare(failure: InferenceFailure | undefined): void {
		this.#prepareFailure = failure;
	}

	/** Ends the running answer and unloads the model, as a crash of the process does. */
	crash(): void {
		const failure: InferenceFailure = {
			kind: "processCrashed",
			exitCode: null,
			signal: "SIGKILL",
			lastLines: [],
			onGpu: false,
			reportId: "report",
			recovery: "none",
		};
		for (const running of this.#running) {
			running.abort(new FailureError(failure));
		}
		this.#setStatus({ kind: "failed", name: "Fake", failure });
	}

	async prepare(signal: AbortSignal): Promise<ModelInfo | undefined> {
		if (this.#status.kind === "ready" && !this.#prepareFailure) {
			return info;
		}
		await Promise.resolve();
		if (signal.aborted) {
			return undefined;
		}
		if (this.#prepareFailure) {
			const failure = this.#prepareFailure;
			this.#setStatus({ kind: "failed", name: "Fake", failure });
			throw new FailureError(failure);
		}
		this.#setStatus({ kind: "loading", name: "Fake", fraction: 0 });
		this.#setStatus({ kind: "ready", info });
		return info;
	}

	async generate(
		messages: PromptMessages,
		options: GenerateOptions,
		listener: GenerateListener,
		signal: AbortSignal,
	): Promise<Generated> {
		if (!this.#isReady()) {
			return { ending: "stopped", stats: undefined };
		}
		this.asked.push(messages);
		const own = new AbortController();
		this.#running.add(own);
		try {
			const generated = await playAnswer(
				{ messages, ...options },
				info,
				{
					onTrimmed: (trimmed) => listener.onTrimmed?.(trimmed),
					onPrefill: (doneTokens, totalTokens) => {
						listener.onPrefill(doneTokens, totalTokens);
					},
					onText: (channel, text) => {
						listener.onText(channel, text);
					},
				},
				AbortSignal.any([signal, own.signal]),
			);
			if (own.signal.reason instanceof FailureError) {
				throw own.signal.reason;
			}
			return generated;
		} finally {
			this.#running.delete(own);
		}
	}

	countTokens(conversations: readonly PromptMessages[]): Promise<readonly number[] | undefined> {
		return Promise.resolve(
			this.#status.kind === "ready" ? conversations.map(countWords) : undefined,
		);
	}

	async preload(
		messages: PromptMessages,
		options: GenerateOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress | undefined> {
		if (this.#status.kind !== "ready" || this.#running.size > 0) {
			return undefined;
		}
		const { promptTokens } = trimByWords(messages, options.maxTokens, info);
		return Promise.resolve(
			signal.aborted ? undefined : { evaluatedTokens: promptTokens, heldTokens: promptTokens },
		);
	}

	unload(): Promise<void> {
		for (const running of this.#running) {
			running.abort();
		}
		this.#setStatus({ kind: "unloaded", name: "Fake", detail: info.path, gpu: "off" });
		return Promise.resolve();
	}

	reportDevices(signal: AbortSignal): Promise<DeviceReport | undefined> {
		const loaded = this.#status.kind === "ready" ? info : undefined;
		return Promise.resolve(signal.aborted ? undefined : sampleDeviceReport(loaded));
	}

	settingsChanged(): void {
		// This model follows no settings.
	}

	dispose(): void {
		for (const running of this.#running) {
			running.abort();
		}
	}

	/** @throws {FailureError} if the model crashed */
	#isReady(): boolean {
		if (this.#status.kind === "failed") {
			throw new FailureError(this.#status.failure);
		}
		return this.#status.kind === "ready";
	}

	#setStatus(status: ModelStatus): void {
		this.#status = status;
		this.#changes.fire(status);
	}
}
