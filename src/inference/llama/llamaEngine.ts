import type * as NodeLlamaCpp from "node-llama-cpp";
import type {
	EstimateFitParams,
	Generated,
	InitializeResult,
	PromptMessages,
	PreloadProgress,
} from "../../protocol/inference/inference";
import type {
	BackendFinding,
	BackendProblem,
	GpuBackend,
} from "../../protocol/inference/deviceBackend";
import type { EngineReport } from "../../protocol/inference/deviceReport";
import type { GpuChoice, ModelDetails, ModelInfo } from "../../protocol/inference/model";
import type { ModelFit } from "../../protocol/inference/modelFit";
import type { Thinking } from "../../protocol/chat/thinking";
import { useAddedPackages } from "../packages/addedPackages";
import { watchChildExits, type SpawnedExit } from "../childExits";
import type { AnswerSink, AnswerOptions, Engine, LoadOptions, PromptOptions } from "../engine";
import { findBackends } from "./backends";
import { readModelDetails } from "../readModelDetails";
import { backendOf } from "./device";
import { estimateFitByEngine } from "./fitEstimate";
import { engineVersions, reportDevice } from "./deviceReport";
import type { LoadedModel } from "./loadedModel";
import { loadModel } from "./loadModel";
import { type LoadContext } from "./loadContext";
import { RecentLines } from "../recentLines";
import type { WriteLog } from "../../child/hostConnection";
import { FailureError } from "../../protocol/failureError";

/** Warnings and errors of llama.cpp that are kept to explain a failed load. */
const complaintLines = 20;
/** Longest logged message of llama.cpp, in UTF-16 units. */
const longestMessage = 4000;

/** Runs llama.cpp in this process, through node-llama-cpp. */
export class LlamaEngine implements Engine {
	#context: LoadContext | undefined;
	#loaded: LoadedModel | undefined;
	readonly #addedPackages: string | undefined;

	/** @param addedPackages a folder with binary packages that the extension does not include */
	constructor(addedPackages?: string) {
		this.#addedPackages = addedPackages;
	}

	async findBackends(): Promise<readonly BackendFinding[]> {
		return findBackends(await importLibrary(this.#addedPackages), this.#addedPackages);
	}

	async initialize(gpu: GpuChoice, log: WriteLog): Promise<InitializeResult> {
		const library = await importLibrary(this.#addedPackages);
		const written = new RecentLines(complaintLines);
		const llama = await getLlama(library, gpu, logger(log, written), () => this.findBackends());
		this.#context = { library, llama, gpu, written, log };
		const backend = backendOf(llama, gpu);
		log(
			"info",
			`llama.cpp ${llama.llamaCppRelease.release} with backend ${backend}, asked for ${gpu}`,
		);
		return { backend, versions: await engineVersions(this.#context) };
	}

	inspectModel(path: string): Promise<ModelDetails> {
		return readModelDetails(path);
	}

	async estimateFit(params: EstimateFitParams): Promise<ModelFit> {
		const { library, llama } = required(this.#context);
		return estimateFitByEngine(library, llama, params);
	}

	async loadModel(
		options: LoadOptions,
		onProgress: (fraction: number) => void,
		signal: AbortSignal,
	): Promise<ModelInfo | undefined> {
		await this.saveToCache("end", signal);
		const before = this.#loaded;
		this.#loaded = undefined;
		// Disposed first, since the new one needs its memory.
		await before?.dispose();
		this.#loaded = await loadModel(required(this.#context), options, onProgress, signal);
		return this.#loaded?.info;
	}

	countTokens(
		conversations: readonly PromptMessages[],
		thinking: Thinking | undefined,
	): readonly number[] | undefined {
		const loaded = this.#loaded;
		return loaded && conversations.map((messages) => loaded.count(messages, thinking));
	}

	async preload(
		messages: PromptMessages,
		options: PromptOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress> {
		return required(this.#loaded).preload(messages, options, signal);
	}

	async generate(
		options: AnswerOptions,
		listener: AnswerSink,
		signal: AbortSignal,
	): Promise<Generated> {
		return required(this.#loaded).generate(options, listener, signal);
	}

	async saveToCache(moment: "rest" | "end", signal: AbortSignal): Promise<void> {
		await this.#loaded?.saveToCache(moment, signal);
	}

	async report(): Promise<EngineReport> {
		return reportDevice(required(this.#context), this.#loaded?.report);
	}
}

async function importLibrary(addedPackages: string | undefined): Promise<typeof NodeLlamaCpp> {
	try {
		if (addedPackages !== undefined) {
			useAddedPackages(addedPackages);
		}
		return await import("node-llama-cpp");
	} catch (error) {
		throw unavailable(error);
	}
}

async function getLlama(
	library: typeof NodeLlamaCpp,
	gpu: GpuChoice,
	onLog: (level: string, message: string) => void,
	findings: () => Promise<readonly BackendFinding[]>,
): Promise<NodeLlamaCpp.Llama> {
	const load = (asked: NodeLlamaCpp.LlamaGpuType | "auto"): Promise<NodeLlamaCpp.Llama> =>
		library.getLlama({
			gpu: asked,
			// Never compile or download anything on a user's machine.
			build: "never",
			skipDownload: true,
			progressLogs: false,
			logger: onLog,
		});
	if (gpu === "auto" || gpu === "off") {
		const asked = gpu === "off" ? processorBuild : "auto";
		return load(asked).catch((error: unknown) => {
			throw unavailable(error);
		});
	}
	const exits: SpawnedExit[] = [];
	let problem: BackendProblem | undefined;
	try {
		const llama = await watchChildExits(
			() => load(gpu),
			(exit) => exits.push(exit),
		);
		// If a backend does not exist for the system, the library silently loads another (3.22).
		if (llama.gpu === gpu) {
			return llama;
		}
		problem = { kind: "otherSystem" };
	} catch (error) {
		onLog("error", String(error));
	}
	problem ??= findProblem(await findings(), gpu, exits.at(-1));
	throw new FailureError({ kind: "gpuUnavailable", gpu, problem });
}

/** Apple silicon has only one build, which also runs without the GPU (node-llama-cpp 3.22). */
const processorBuild = process.platform === "darwin" && process.arch === "arm64" ? "metal" : false;

/** Returns why a backend did not load: what is known without loading it, or else how its test program ended. */
function findProblem(
	findings: readonly BackendFinding[],
	gpu: GpuBackend,
	testExit: SpawnedExit | undefined,
): BackendProblem {
	const known = findings.find(({ backend }) => backend === gpu)?.problem;
	if (known) {
		return known;
	}
	return testExit && testExit.exitCode !== 0
		? { kind: "testFailed", ...testExit }
		: { kind: "notLoaded" };
}

/** Sends llama.cpp's lines to the log. Warnings and errors also go to stderr, where they outlive this process. */
function logger(log: WriteLog, written: RecentLines): (level: string, message: string) => void {
	return (level, message) => {
		const line = bounded(message.trimEnd());
		if (level === "fatal" || level === "error" || level === "warn") {
			written.push(line);
			process.stderr.write(`${line}\n`);
			log(level === "warn" ? "warn" : "error", line);
		} else {
			log("debug", line);
		}
	};
}

/** llama.cpp's messages include texts from the model file, which may have any length. */
function bounded(message: string): string {
	return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}

function unavailable(error: unknown): FailureError {
	return new FailureError({ kind: "engineUnavailable", reason: String(error) });
}

/**
 * Returns `value`.
 *
 * @throws {Error} if it is `undefined`: a request came out of order, which is a bug of the host
 */
function required<T>(value: T | undefined): T {
	if (value === undefined) {
		throw new Error("The request came before what it builds on");
	}
	return value;
}
