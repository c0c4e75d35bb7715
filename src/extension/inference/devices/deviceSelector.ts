import {
	type BackendFinding,
	type BackendName,
	type BackendProblem,
} from "../../../protocol/inference/deviceBackend";
import type { DeviceReason } from "../../../protocol/inference/deviceReason";
import type { InferenceFailure } from "../../../protocol/failure";
import { FindBackends, ReportDevice } from "../../../protocol/inference/inference";
import type { GpuChoice, ModelInfo } from "../../../protocol/inference/model";
import type { Log } from "../../base/log";
import { DeviceChain } from "./deviceChain";
import type { InferenceProcess } from "../inferenceProcess";
import type { LocalModelSettings } from "../modelSettings";
import { FailureError } from "../../../protocol/failureError";

export interface DeviceSelectorOptions {
	/** A text that changes with the GPU's driver. */
	readonly driverFingerprint: () => Promise<string>;
	readonly log: Log;
}

/** How a model is brought up with what was chosen. */
export interface BringUpSteps<R> {
	/** Starts a process if there is none, which `initialize` prepares, and loads the model. */
	readonly attempt: () => Promise<R>;
	/** Whether a failure now would be one of loading, and another attempt is wanted. */
	readonly mayGoOn: () => boolean;
	/** Ends the process of the attempt that failed. */
	readonly endProcess: () => Promise<void>;
}

/**
 * Chooses the backend for a process. Under "auto" that is the best that has not failed: one that cannot be loaded, or
 * whose process died while it loaded, is passed over until the settings or the driver change. What the setting names
 * is never replaced.
 */
export class DeviceSelector {
	readonly #options: DeviceSelectorOptions;
	#chain = DeviceChain.empty;
	#findings: readonly BackendFinding[] = [];
	#chosen: BackendName | undefined;

	constructor(options: DeviceSelectorOptions) {
		this.#options = options;
	}

	/** What was last chosen, by the setting or here; `undefined` before. */
	get chosen(): BackendName | undefined {
		return this.#chosen;
	}

	/** Why "auto" passes backends over that failed. */
	get problems(): DeviceChain["problems"] {
		return this.#chain.problems;
	}

	/** Prepares for a load under `settings`. @returns whether backends are tried again that were passed over before. */
	async revisit(settings: LocalModelSettings): Promise<boolean> {
		const before = this.#chain;
		const { model, contextTokens, gpu, gpuLayers, threads } = settings;
		const driver = await this.#options.driverFingerprint();
		const key = JSON.stringify([model.trim(), contextTokens, gpu, gpuLayers, threads, driver]);
		this.#chain = before.under(key);
		return before.problems.size > this.#chain.problems.size;
	}

	/**
	 * Has `child` load llama.cpp with what `gpu` says.
	 *
	 * @throws {FailureError} if that fails: under "auto", `untilOneWorks` tries another way.
	 */
	async initialize(child: InferenceProcess, gpu: GpuChoice, signal: AbortSignal): Promise<void> {
		if (gpu !== "auto") {
			this.#chosen = gpu === "off" ? "cpu" : gpu;
			await child.initialize(gpu, signal);
			return;
		}
		this.#findings = await child.request(FindBackends, {}, signal);
		const backend = this.#chain.best(this.#findings);
		this.#chosen = backend;
		await child.initialize(backend === "cpu" ? "off" : backend, signal);
		if (backend === "cpu") {
			return;
		}
		const problem: BackendProblem = { kind: "noDevice" };
		const isLast = this.#chain.without(backend, problem).best(this.#findings) === "cpu";
		// Without a GPU it computes as the processor's own build does; only another GPU's backend is worth a new process.
		if (!isLast && (await child.request(ReportDevice, {}, signal)).devices.names.length === 0) {
			throw new FailureError({ kind: "gpuUnavailable", gpu: backend, problem });
		}
	}

	/** Brings a model up with the best backend that can: each that fails leaves one fewer to try. */
	async untilOneWorks<R>(gpu: GpuChoice, steps: BringUpSteps<R>): Promise<R> {
		try {
			return await steps.attempt();
		} catch (error) {
			const isExpected = error instanceof FailureError && steps.mayGoOn();
			if (!isExpected || !this.#passOver(error.failure, gpu)) {
				throw error;
			}
			await steps.endProcess();
			return this.untilOneWorks(gpu, steps);
		}
	}

	/** @returns `info` with the reason for the choice before what the engine found. */
	explain(info: ModelInfo, gpu: GpuChoice): ModelInfo {
		const failed = [...this.#chain.problems];
		const unusable = this.#findings.flatMap(({ backend, problem }) =>
			problem && problem.kind !== "otherSystem" ? [[backend, problem] as const] : [],
		);
		// Who computes on a GPU need not know what else there might have been.
		const passedOver = info.device.kind === "gpu" ? failed : [...unusable, ...failed];
		const problems: DeviceReason[] = (gpu === "auto" ? passedOver : []).map(
			([backend, problem]) => ({ kind: "backendProblem", backend, problem }),
		);
		const deviceReasons = [...this.#whyChosen(info, gpu), ...info.deviceReasons, ...problems];
		return { ...info, deviceReasons };
	}

	/** @returns whether there is another backend to try. */
	#passOver(failure: InferenceFailure, gpu: GpuChoice): boolean {
		const problem = problemOf(failure);
		const backend = this.#chosen;
		if (gpu !== "auto" || !problem || backend === undefined || backend === "cpu") {
			return false;
		}
		this.#chain = this.#chain.without(backend, problem);
		this.#options.log.warn(
			`${backend} is passed over (${problem.kind}); the next backend is tried`,
		);
		return true;
	}

	/** Empty where the engine's own reason says it all. */
	#whyChosen({ device }: ModelInfo, gpu: GpuChoice): readonly DeviceReason[] {
		if (this.#chosen === "cpu") {
			return [{ kind: gpu === "off" ? "gpuOff" : "noBackendWorks" }];
		}
		if (device.kind === "cpu") {
			return [];
		}
		return [{ kind: gpu === "auto" ? "bestBackend" : "gpuSetting" }];
	}
}

/** @returns what a failure says against the backend; `undefined` if it has nothing to do with it. */
function problemOf(failure: InferenceFailure): BackendProblem | undefined {
	switch (failure.kind) {
		case "gpuUnavailable":
			return failure.problem;
		case "processCrashed": {
			const { exitCode, signal } = failure;
			return { kind: "died", exitCode, signal };
		}
		case "insufficientMemory":
			// With a number, main memory was counted too: the processor would do no better.
			return failure.requiredBytes === undefined ? { kind: "tooLittleMemory" } : undefined;
		default:
			return undefined;
	}
}
