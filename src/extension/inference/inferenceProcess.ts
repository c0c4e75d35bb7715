import { randomUUID } from "node:crypto";
import type { EngineVersions } from "../../protocol/inference/deviceReport";
import {
	AnswerNow,
	Generate,
	GenerateProgress,
	inferenceProtocolVersion,
	Initialize,
	type Generated,
	type GenerateProgressParams,
	type PromptMessages,
} from "../../protocol/inference/inference";
import type { Device, GpuChoice } from "../../protocol/inference/model";
import type { Log } from "../base/log";
import { ForkedProcess } from "../process/forkedProcess";
import { hugePageVariables } from "./hugePages";
import type { GenerateOptions } from "./languageModel";

/** The process that runs models. */
export class InferenceProcess extends ForkedProcess {
	/** The id of the crash report, if the process crashes. */
	readonly crashId: string;
	readonly #device: { mayBeGpu: boolean };
	readonly #startedAt = performance.now();
	#versions: EngineVersions | undefined;

	/**
	 * @param modulePath the bundle that serves the inference protocol
	 * @param addedPackages a folder with packages that extend the engine
	 */
	constructor(modulePath: string, log: Log, addedPackages?: string) {
		const device = { mayBeGpu: false };
		const crashId = randomUUID();
		super({
			name: "inference",
			modulePath,
			args: addedPackages === undefined ? [] : [addedPackages],
			variables: hugePageVariables(process.env.GLIBC_TUNABLES),
			log,
			describeCrash: (crash) => ({
				kind: "processCrashed",
				...crash,
				onGpu: device.mayBeGpu,
				reportId: crashId,
				recovery: "none",
			}),
		});
		this.crashId = crashId;
		this.#device = device;
	}

	/** The time since the process was started, in milliseconds. */
	get uptimeMs(): number {
		return Math.round(performance.now() - this.#startedAt);
	}

	/** The versions of the engine; `undefined` until llama.cpp is loaded. */
	get versions(): EngineVersions | undefined {
		return this.#versions;
	}

	/** Negotiates the protocol version and loads llama.cpp. @throws {FailureError} */
	async initialize(gpu: GpuChoice, signal: AbortSignal): Promise<void> {
		const params = { protocolVersion: inferenceProtocolVersion, gpu };
		this.#device.mayBeGpu = gpu !== "off";
		const { backend, versions } = await this.request(Initialize, params, signal);
		this.#device.mayBeGpu = backend !== "cpu";
		this.#versions = versions;
	}

	/**
	 * Generates one answer. Calls `onProgress` until the promise settles. Aborting `signal` ends the answer as "stopped".
	 */
	async generate(
		messages: PromptMessages,
		{ answerNow, ...options }: GenerateOptions,
		onProgress: (event: GenerateProgressParams) => void,
		signal: AbortSignal,
	): Promise<Generated> {
		const progressToken = randomUUID();
		const progress = this.onDidProgress(GenerateProgress, progressToken, onProgress);
		const endThought = (): void => {
			this.notify(AnswerNow, { progressToken });
		};
		try {
			const { maxTokens, temperature, thinking, onlyWhole } = options;
			const params = { messages, maxTokens, temperature, thinking, onlyWhole, progressToken };
			const generated = this.request(Generate, params, signal);
			answerNow?.addEventListener("abort", endThought);
			if (answerNow?.aborted === true) {
				endThought();
			}
			const { ending, stats } = await generated;
			// JSON drops `undefined` properties, but the type requires them.
			return { ending, stats };
		} finally {
			progress.dispose();
			answerNow?.removeEventListener("abort", endThought);
		}
	}

	/** Sets the device of the loaded model. Until a model is loaded, the device of the backend is assumed. */
	computesOn({ kind }: Device): void {
		this.#device.mayBeGpu = kind === "gpu";
	}
}
