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

/** The process that runs models, from its fork to its end. */
export class InferenceProcess extends ForkedProcess {
	/** Names the report of its crash, should it come to that. */
	readonly crashId: string;
	readonly #device: { mayBeGpu: boolean };
	readonly #startedAt = performance.now();
	#versions: EngineVersions | undefined;

	/**
	 * @param modulePath of the bundle that serves the inference protocol.
	 * @param addedPackages a folder with packages that were added to the engine.
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

	/** How long ago it was started. */
	get uptimeMs(): number {
		return Math.round(performance.now() - this.#startedAt);
	}

	/** What computes in it; `undefined` until llama.cpp is loaded. */
	get versions(): EngineVersions | undefined {
		return this.#versions;
	}

	/** Agrees on the protocol and loads llama.cpp. @throws {FailureError} */
	async initialize(gpu: GpuChoice, signal: AbortSignal): Promise<void> {
		const params = { protocolVersion: inferenceProtocolVersion, gpu };
		this.#device.mayBeGpu = gpu !== "off";
		const { backend, versions } = await this.request(Initialize, params, signal);
		this.#device.mayBeGpu = backend !== "cpu";
		this.#versions = versions;
	}

	/** Has one answer generated; calls `onProgress` until this settles. Aborting `signal` ends it as "stopped". */
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
			// JSON drops `undefined`, which the type requires.
			return { ending, stats };
		} finally {
			progress.dispose();
			answerNow?.removeEventListener("abort", endThought);
		}
	}

	/** Tells what computes in truth, which is known only once a model is loaded. */
	computesOn({ kind }: Device): void {
		this.#device.mayBeGpu = kind === "gpu";
	}
}
