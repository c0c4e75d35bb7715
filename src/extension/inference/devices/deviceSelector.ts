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
	/** Returns a text that changes with the GPU's driver. */
	readonly driverFingerprint: () => Promise<string>;
	readonly log: Log;
}

/** The steps to load a model on the chosen backend. */
export interface BringUpSteps<R> {
	/** Starts a process if none is running, prepares it with `initialize`, and loads the model. */
	readonly attempt: () => Promise<R>;
	/** Whether a failure now is a failure of loading, and another attempt is still wanted. */
	readonly mayGoOn: () => boolean;
	/** Ends the process of the failed attempt. */
	readonly endProcess: () => Promise<void>;
}

/**
 * Chooses the backend for a process. With "auto", that is the best backend that has not failed. A backend that cannot be
 * loaded, or whose process crashes while it loads, is skipped until the settings or the driver change. A backend that
 * the setting names is never replaced.
 */
export class DeviceSelector {
	readonly #options: DeviceSelectorOptions;
	#chain = DeviceChain.empty;
	#findings: readonly BackendFinding[] = [];
	#chosen: BackendName | undefined;

	constructor(options: DeviceSelectorOptions) {
		this.#options = options;
	}

	/** The backend that was last chosen, by the setting or automatically; `undefined` before the first choice. */
	get chosen(): BackendName | undefined {
		return this.#chosen;
	}

	/** The backends that "auto" skips, and why. */
	get problems(): DeviceChain["problems"] {
		return this.#chain.problems;
	}

	/** Prepares for a load with `settings`. @returns whether skipped backends are tried again */
	async revisit(settings: LocalModelSettings): Promise<boolean> {
		const before = this.#chain;
		const { model, contextTokens, gpu, gpuLayers, threads } = settings;
		const driver = await this.#options.driverFingerprint();
		const key = JSON.stringify([model.trim(), contextTokens, gpu, gpuLayers, threads, driver]);
		this.#chain = before.under(key);
		return before.problems.size > this.#chain.problems.size;
	}

	/**
	 * Loads llama.cpp in `child`, with the backend for the setting `gpu`.
	 *
	 * @throws {FailureError} if loading fails; with "auto", `untilOneWorks` then tries the next backend
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
		// Without a device, a GPU backend computes as the CPU build does. Only another GPU backend is worth a new process.
		if (!isLast && (await child.request(ReportDevice, {}, signal)).devices.names.length === 0) {
			throw new FailureError({ kind: "gpuUnavailable", gpu: backend, problem });
		}
	}

	/** Loads a model on the best backend that works. Terminates, because each failure leaves one backend fewer. */
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

	/** Returns `info` with the reasons for the choice of the backend added to those of the engine. */
	explain(info: ModelInfo, gpu: GpuChoice): ModelInfo {
		const failed = [...this.#chain.problems];
		const unusable = this.#findings.flatMap(({ backend, problem }) =>
			problem && problem.kind !== "otherSystem" ? [[backend, problem] as const] : [],
		);
		// If the model runs on a GPU, the user need not know which other backends are unusable.
		const passedOver = info.device.kind === "gpu" ? failed : [...unusable, ...failed];
		const problems: DeviceReason[] = (gpu === "auto" ? passedOver : []).map(
			([backend, problem]) => ({ kind: "backendProblem", backend, problem }),
		);
		const deviceReasons = [...this.#whyChosen(info, gpu), ...info.deviceReasons, ...problems];
		return { ...info, deviceReasons };
	}

	/** Skips the chosen backend if it caused the failure. @returns whether another backend can be tried */
	#passOver(failure: InferenceFailure, gpu: GpuChoice): boolean {
		const problem = problemOf(failure);
		const backend = this.#chosen;
		if (gpu !== "auto" || !problem || backend === undefined || backend === "cpu") {
			return false;
		}
		this.#chain = this.#chain.without(backend, problem);
		this.#options.log.warn(`${backend} is skipped (${problem.kind}); the next backend is tried`);
		return true;
	}

	/** Returns the reason for the choice; none if the engine's own reason is enough. */
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

/** Returns the problem of the backend that caused a failure; `undefined` if the backend did not cause it. */
function problemOf(failure: InferenceFailure): BackendProblem | undefined {
	switch (failure.kind) {
		case "gpuUnavailable":
			return failure.problem;
		case "processCrashed": {
			const { exitCode, signal } = failure;
			return { kind: "died", exitCode, signal };
		}
		case "insufficientMemory":
			// A failure with a number also counts main memory: the CPU would fail too.
			return failure.requiredBytes === undefined ? { kind: "tooLittleMemory" } : undefined;
		default:
			return undefined;
	}
}
