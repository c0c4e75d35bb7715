import type * as NodeLlamaCpp from "node-llama-cpp";
import type {
	DownloadProgressParams,
	Fit,
	Generated,
	InitializeResult,
	Message,
	ResolvedModel,
	ResolveModelParams,
} from "../protocol/inference";
import type { GpuChoice, ModelDetails, ModelInfo } from "../protocol/model";
import {
	EngineError,
	type AnswerListener,
	type AnswerOptions,
	type Engine,
	type EngineLog,
	type LoadOptions,
} from "./engine";
import { inspectModel } from "./inspectModel";
import { backendOf } from "./llama/device";
import type { LoadedModel } from "./llama/loadedModel";
import { loadModel, type LoadContext } from "./llama/loadModel";
import { ModelDownload } from "./llama/modelDownload";
import { RecentLines } from "./recentLines";

/** Lines of llama.cpp's complaints kept to name the reason of a failed load. */
const complaintLines = 20;

/** llama.cpp in this process, through node-llama-cpp. */
export class LlamaEngine implements Engine {
	#context: LoadContext | undefined;
	#downloads: ModelDownload | undefined;
	#loaded: LoadedModel | undefined;

	async initialize(gpu: GpuChoice, log: EngineLog): Promise<InitializeResult> {
		const library = await import("node-llama-cpp").catch((error: unknown) => {
			throw unavailable(error);
		});
		this.#downloads = new ModelDownload(library);
		const written = new RecentLines(complaintLines);
		const llama = await getLlama(library, gpu, logger(log, written));
		this.#context = { library, llama, gpu, written };
		const backend = backendOf(llama);
		log(
			"info",
			`llama.cpp ${llama.llamaCppRelease.release} with backend ${backend}, asked for ${gpu}`,
		);
		return { backend };
	}

	inspectModel(path: string): Promise<ModelDetails> {
		return inspectModel(path);
	}

	async resolveModel(params: ResolveModelParams, signal: AbortSignal): Promise<ResolvedModel> {
		return required(this.#downloads).resolve(params, signal);
	}

	async downloadModel(
		params: ResolveModelParams,
		onProgress: (progress: DownloadProgressParams) => void,
		signal: AbortSignal,
	): Promise<string | undefined> {
		return required(this.#downloads).fetch(params, onProgress, signal);
	}

	async loadModel(
		options: LoadOptions,
		onProgress: (fraction: number) => void,
		signal: AbortSignal,
	): Promise<ModelInfo | undefined> {
		// Before the new one needs its memory.
		await this.#loaded?.dispose();
		this.#loaded = undefined;
		this.#loaded = await loadModel(required(this.#context), options, onProgress, signal);
		return this.#loaded?.info;
	}

	fit(messages: readonly Message[], maxTokens: number): Promise<Fit> {
		return Promise.resolve(required(this.#loaded).fit(messages, maxTokens));
	}

	async generate(
		options: AnswerOptions,
		listener: AnswerListener,
		signal: AbortSignal,
	): Promise<Generated> {
		return required(this.#loaded).generate(options, listener, signal);
	}
}

async function getLlama(
	library: typeof NodeLlamaCpp,
	gpu: GpuChoice,
	onLog: (level: string, message: string) => void,
): Promise<NodeLlamaCpp.Llama> {
	let llama: NodeLlamaCpp.Llama;
	try {
		llama = await library.getLlama({
			gpu: gpu === "off" ? false : gpu,
			// Nothing is ever compiled or fetched on a user's machine.
			build: "never",
			skipDownload: true,
			progressLogs: false,
			logger: onLog,
		});
	} catch (error) {
		if (gpu === "auto" || gpu === "off") {
			throw unavailable(error);
		}
		onLog("error", String(error));
		throw new EngineError({ kind: "gpuUnavailable", gpu });
	}
	// Where a backend does not exist for the system, the library silently takes the processor (3.22).
	if (gpu !== "auto" && gpu !== "off" && llama.gpu !== gpu) {
		throw new EngineError({ kind: "gpuUnavailable", gpu });
	}
	return llama;
}

/** Sends llama.cpp's lines to the log; complaints go to stderr too, where they outlive this process. */
function logger(log: EngineLog, written: RecentLines): (level: string, message: string) => void {
	return (level, message) => {
		const line = message.trimEnd();
		if (level === "fatal" || level === "error" || level === "warn") {
			written.push(line);
			process.stderr.write(`${line}\n`);
			log(level === "warn" ? "warn" : "error", line);
		} else {
			log("debug", line);
		}
	};
}

function unavailable(error: unknown): EngineError {
	return new EngineError({ kind: "engineUnavailable", reason: String(error) });
}

/** @throws {Error} if a request came out of order, which only a bug of the host's can do. */
function required<T>(value: T | undefined): T {
	if (value === undefined) {
		throw new Error("The request came before what it builds on");
	}
	return value;
}
