import { pbkdf2 } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type {
	AnswerSink,
	AnswerOptions,
	Engine,
	LoadOptions,
	PromptOptions,
} from "../../../src/inference/engine";
import type { BackendFinding, BackendName } from "../../../src/protocol/inference/deviceBackend";
import type { EngineReport, LoadReport } from "../../../src/protocol/inference/deviceReport";
import type {
	PromptMessages,
	Generated,
	InitializeResult,
	PreloadProgress,
} from "../../../src/protocol/inference/inference";
import type { GpuChoice, ModelDetails, ModelInfo } from "../../../src/protocol/inference/model";
import type { ModelFit } from "../../../src/protocol/inference/modelFit";
import { countWords, questionOf } from "./scriptedAnswers";
import {
	chooseScriptedBackend,
	loadOnDevice,
	nextLoad,
	reportScripted,
	scriptedFindings,
	scriptedLayers,
	scriptedVersions,
} from "./scriptedDevices";
import { playAnswer, scriptedThinking, trimByWords } from "./scriptedGeneration";
import type { WriteLog } from "../../../src/child/hostConnection";
import { FailureError } from "../../../src/protocol/failureError";

/** The context of the scripted model in words, unless the settings ask for fewer. */
export const scriptedContextTokens = 512;

/**
 * An engine without a model, to test the code around one. Some prompts have effects:
 *
 * - "slow", "think", and "ponder": see `scriptedRest`. Preloading "slow" continues until another request arrives.
 * - "crash": the process aborts after a few words, or while it preloads the prompt.
 * - "hang": the engine ignores everything from then on.
 * - "compute": a thread of the pool works for hours, as during a load or on a drive that does not respond.
 * - "hurry": one more thread computes from then on.
 *
 * Continuing an answer that an effect cut repeats the effect. The model named missing.gguf is missing; see `loadOnDevice`
 * and `nextLoad` for other names.
 */
export class ScriptedEngine implements Engine {
	#backend: BackendName = "cpu";
	#report: LoadReport | undefined;

	findBackends(): Promise<readonly BackendFinding[]> {
		return Promise.resolve(scriptedFindings);
	}

	async initialize(gpu: GpuChoice, log: WriteLog): Promise<InitializeResult> {
		this.#backend = chooseScriptedBackend(gpu);
		log("info", `scripted engine, asked for ${gpu}`);
		return Promise.resolve({ backend: this.#backend, versions: scriptedVersions });
	}

	saveToCache(): Promise<void> {
		return Promise.resolve();
	}

	report(): Promise<EngineReport> {
		return Promise.resolve(reportScripted(this.#backend, this.#report));
	}

	inspectModel(file: string): Promise<ModelDetails> {
		refuseMissing(file);
		return Promise.resolve({
			kind: "chat",
			name: "Scripted",
			path: file,
			fileBytes: 1,
			partCount: 1,
			architecture: "script",
			parameterCount: 0,
			quantization: undefined,
			trainedContextTokens: scriptedContextTokens,
			layers: undefined,
			chatTemplate: undefined,
		});
	}

	estimateFit(): Promise<ModelFit> {
		return Promise.resolve({ kind: "cpu", memoryBytes: 1 });
	}

	async loadModel(
		options: LoadOptions,
		onProgress: (fraction: number) => void,
		signal: AbortSignal,
	): Promise<ModelInfo | undefined> {
		if (signal.aborted) {
			return undefined;
		}
		refuseMissing(options.path);
		onProgress(0.5);
		// Sends the progress before a step that may end the process.
		await setImmediate();
		const next = nextLoad(options.path);
		if (next === "dies") {
			process.abort();
		}
		if (next === "waits") {
			await once(signal, "abort");
			return undefined;
		}
		const device = loadOnDevice(options, this.#backend);
		const info: ModelInfo = {
			name: "Scripted",
			path: options.path,
			fileBytes: 1,
			architecture: "script",
			contextTokens: Math.min(options.contextTokens || Infinity, scriptedContextTokens),
			trainedContextTokens: scriptedContextTokens,
			contextBytesPerToken: 1000,
			memoryBytes: { ram: 1_000_000, gpu: device.kind === "gpu" ? 3_000_000 : 0 },
			device,
			deviceReasons: [],
			thinking: scriptedThinking,
			templateStandIn: undefined,
		};
		this.#report = {
			info,
			gpuLayers: device.kind === "gpu" ? device.gpuLayers : 0,
			totalLayers: scriptedLayers,
			contextReason: "trained",
			threadsAreSet: options.threads > 0,
		};
		return info;
	}

	countTokens(conversations: readonly PromptMessages[]): readonly number[] | undefined {
		return this.#report && conversations.map(countWords);
	}

	async preload(
		messages: PromptMessages,
		options: PromptOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress> {
		const { promptTokens } = trimByWords(messages, options.maxTokens, this.#loaded);
		switch (questionOf(messages)) {
			case "crash":
				process.stderr.write("scripted: assertion failed\n");
				process.abort();
				break;
			case "slow":
				if (!signal.aborted) {
					await once(signal, "abort");
				}
				return { evaluatedTokens: 0, heldTokens: 0 };
			default:
				return { evaluatedTokens: promptTokens, heldTokens: promptTokens };
		}
	}

	generate(options: AnswerOptions, listener: AnswerSink, signal: AbortSignal): Promise<Generated> {
		const begin = (): void => {
			listener.onTrimmed(trimByWords(options.messages, options.maxTokens, this.#loaded));
		};
		switch (questionOf(options.messages)) {
			case "crash":
				begin();
				listener.onText("reply", "About to ", 2);
				process.stderr.write("scripted: assertion failed\n");
				setTimeout(() => {
					process.kill(process.pid, "SIGABRT");
				}, 50);
				return new Promise(() => undefined);
			case "hang":
				begin();
				listener.onText("reply", "Never ", 1);
				setTimeout(() => {
					for (;;);
				}, 50);
				return new Promise(() => undefined);
			case "compute":
				begin();
				pbkdf2("", "", 2 ** 31 - 1, 64, "sha512", () => undefined);
				listener.onText("reply", "Computing ", 1);
				return new Promise(() => undefined);
			case "hurry":
				this.#takeOneThreadMore();
				return playAnswer(options, this.#loaded, listener, signal);
			default:
				return playAnswer(options, this.#loaded, listener, signal);
		}
	}

	#takeOneThreadMore(): void {
		const { device, ...info } = this.#loaded;
		const threads = device.threads + 1;
		this.#report = this.#report && {
			...this.#report,
			info: { ...info, device: { ...device, threads } },
		};
	}

	get #loaded(): ModelInfo {
		if (!this.#report) {
			throw new Error("No model is loaded");
		}
		return this.#report.info;
	}
}

function refuseMissing(file: string): void {
	if (path.basename(file) === "missing.gguf") {
		throw new FailureError({ kind: "modelFileMissing", path: file });
	}
}
