import { pbkdf2 } from "node:crypto";
import path from "node:path";
import {
	EngineError,
	type AnswerListener,
	type AnswerOptions,
	type Engine,
	type EngineLog,
	type LoadOptions,
} from "../../src/inference/engine";
import { fitPrompt } from "../../src/inference/promptFit";
import type {
	Fit,
	Generated,
	InitializeResult,
	Message,
	ResolvedModel,
} from "../../src/protocol/inference";
import type { GpuChoice, ModelDetails, ModelInfo } from "../../src/protocol/model";
import { countWords } from "./scriptedAnswers";
import { playAnswer } from "./scriptedGeneration";

/** Words that the scripted model sees at once, unless the settings ask for fewer. */
export const scriptedContextTokens = 512;

/**
 * An engine without a model, for what surrounds one. Prompts with effects of their own: "slow", "think" (see
 * `scriptedAnswer`), "crash" (the process aborts after a few words), "hang" (nothing is heeded any more) and "compute" (a thread of
 * the pool works for hours, as at a load or on a drive that does not answer).
 * The model named missing.gguf is missing.
 */
export class ScriptedEngine implements Engine {
	#info: ModelInfo | undefined;

	initialize(gpu: GpuChoice, log: EngineLog): Promise<InitializeResult> {
		log("info", `scripted engine, asked for ${gpu}`);
		return Promise.resolve({ backend: "cpu" });
	}

	inspectModel(file: string): Promise<ModelDetails> {
		refuseMissing(file);
		return Promise.resolve({
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

	resolveModel(): Promise<ResolvedModel> {
		return Promise.resolve({
			kind: "remote",
			fileName: "scripted.gguf",
			totalBytes: 1000,
			host: "models.example",
		});
	}

	downloadModel(
		_params: unknown,
		onProgress: (progress: { receivedBytes: number; totalBytes: number }) => void,
	): Promise<string> {
		onProgress({ receivedBytes: 500, totalBytes: 1000 });
		return Promise.resolve("/models/scripted.gguf");
	}

	loadModel(
		options: LoadOptions,
		onProgress: (fraction: number) => void,
		signal: AbortSignal,
	): Promise<ModelInfo | undefined> {
		if (signal.aborted) {
			return Promise.resolve(undefined);
		}
		refuseMissing(options.path);
		onProgress(0.5);
		this.#info = {
			name: "Scripted",
			path: options.path,
			fileBytes: 1,
			architecture: "script",
			contextTokens: Math.min(options.contextTokens || Infinity, scriptedContextTokens),
			trainedContextTokens: scriptedContextTokens,
			device: { kind: "cpu", threads: options.threads || 1 },
			deviceReason: "Nothing is computed",
		};
		return Promise.resolve(this.#info);
	}

	fit(messages: readonly Message[], maxTokens: number): Promise<Fit> {
		return Promise.resolve(fitPrompt(messages, maxTokens, this.#loaded, countWords));
	}

	generate(
		options: AnswerOptions,
		listener: AnswerListener,
		signal: AbortSignal,
	): Promise<Generated> {
		switch (options.messages.at(-1)?.text) {
			case "crash":
				listener.onText("reply", "About to ");
				process.stderr.write("scripted: assertion failed\n");
				setTimeout(() => {
					process.kill(process.pid, "SIGABRT");
				}, 50);
				return new Promise(() => undefined);
			case "hang":
				listener.onText("reply", "Never ");
				setTimeout(() => {
					for (;;);
				}, 50);
				return new Promise(() => undefined);
			case "compute":
				pbkdf2("", "", 2 ** 31 - 1, 64, "sha512", () => undefined);
				listener.onText("reply", "Computing ");
				return new Promise(() => undefined);
			default:
				return playAnswer(options, this.#loaded.contextTokens, listener, signal);
		}
	}

	get #loaded(): ModelInfo {
		if (!this.#info) {
			throw new Error("No model is loaded");
		}
		return this.#info;
	}
}

function refuseMissing(file: string): void {
	if (path.basename(file) === "missing.gguf") {
		throw new EngineError({ kind: "modelFileMissing", path: file });
	}
}
