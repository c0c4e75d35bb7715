import type { DeviceReport } from "../../protocol/inference/deviceReport";
import type { InferenceFailure } from "../../protocol/failure";
import { FailureError } from "../../protocol/failureError";
import { CountTokens, type PromptMessages } from "../../protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";
import { ProcessEnded, type ProcessExit } from "../process/forkedProcess";
import type { GenerateOptions } from "./languageModel";
import { bringUpModel } from "./bringUpModel";
import { reportDevices } from "./devices/deviceReporter";
import { DeviceSelector } from "./devices/deviceSelector";
import { InferenceProcess } from "./inferenceProcess";
import type { LocalLanguageModelParts } from "./localLanguageModelParts";
import { modelDisplayName } from "./modelFiles";
import { nameSameModel, unloadedStatus, type LocalModelSettings } from "./modelSettings";
import { ProcessSlot } from "./restart/processSlot";
import { StatusSource } from "./statusSource";

export interface ModelHolderEvents {
	/** Called when the process has ended, for any reason. */
	readonly onExited: (
		child: InferenceProcess,
		exit: ProcessExit,
		lost: LostModel | undefined,
	) => void;
}

/** A model that was loaded when its process ended. */
export interface LostModel {
	readonly info: ModelInfo;
	/** Whether the settings still name the model. */
	readonly isWanted: boolean;
}

/** Loads the model that the settings name, and holds it in its process. */
export class ModelHolder {
	readonly status: StatusSource;
	readonly #options: LocalLanguageModelParts;
	readonly #devices: DeviceSelector;
	readonly #process: ProcessSlot;
	#loaded: { readonly settings: LocalModelSettings; readonly info: ModelInfo } | undefined;

	constructor(options: LocalLanguageModelParts, { onExited }: ModelHolderEvents) {
		this.#options = options;
		this.#devices = new DeviceSelector(options);
		this.#process = new ProcessSlot({
			fork: () => this.#fork(),
			devices: this.#devices,
			onStarting: () => {
				this.status.set({ kind: "starting", name: this.#name() });
			},
			onExited: (child, exit) => {
				const lost = this.#loaded && {
					info: this.#loaded.info,
					isWanted: this.restingStatus.kind === "ready",
				};
				this.#loaded = undefined;
				onExited(child, exit, lost);
			},
		});
		this.status = new StatusSource(this.restingStatus);
	}

	/** The loaded model, even if the settings name another one by now. */
	get loaded(): ModelInfo | undefined {
		return this.#loaded?.info;
	}

	/** The id of the process; `undefined` if it is not running. */
	get processId(): number | undefined {
		return this.#process.processId;
	}

	/**
	 * The process, running or crashed: a crashed process still reports how it ended.
	 *
	 * @throws {ProcessEnded} if we ended it
	 */
	get process(): InferenceProcess {
		return this.#process.required();
	}

	/** The status of the model while no request is running. */
	get restingStatus(): ModelStatus {
		const settings = this.#options.settings();
		return this.#loaded && nameSameModel(this.#loaded.settings, settings)
			? { kind: "ready", info: this.#loaded.info }
			: unloadedStatus(settings);
	}

	/**
	 * Loads the model that the settings name, unless it is already loaded.
	 *
	 * @param from for a restart: the model to load again, from the same file and without questions to the user
	 * @returns the loaded model; `undefined` if aborted or declined
	 * @throws {FailureError} if the model is not available
	 */
	async bringUp(signal: AbortSignal, from?: ModelInfo): Promise<ModelInfo | undefined> {
		const settings = this.#options.settings();
		if (this.#loaded && nameSameModel(this.#loaded.settings, settings)) {
			this.status.set(this.restingStatus);
			return this.#loaded.info;
		}
		this.#loaded = undefined;
		if (await this.#devices.revisit(settings)) {
			await this.end();
		}
		if (signal.aborted) {
			return undefined;
		}
		return this.#devices.untilOneWorks(settings.gpu, {
			attempt: () => this.#load(settings, signal, from),
			mayGoOn: () => !signal.aborted && this.#isOnItsWay(),
			endProcess: () => this.end(),
		});
	}

	/** Sets the status to "failed", until the model is requested again. */
	noteFailure(failure: InferenceFailure): void {
		this.status.set({ kind: "failed", name: this.#name(), failure });
	}

	/** Ends the process, which frees the model. Resolves when the process is gone. */
	async end(): Promise<void> {
		this.#loaded = undefined;
		await this.#process.end();
	}

	/** Kills the process. It stays in the slot to report how it ended. */
	kill(): void {
		this.#process.kill();
	}

	/** Implements `LanguageModel.countTokens`. */
	async countTokens(
		conversations: readonly PromptMessages[],
		{ thinking }: Pick<GenerateOptions, "thinking">,
		signal: AbortSignal,
	): Promise<readonly number[] | undefined> {
		if (!this.#loaded) {
			return undefined;
		}
		try {
			const params = { conversations, thinking };
			return (await this.process.request(CountTokens, params, signal)) ?? undefined;
		} catch (error) {
			// A crash is reported to the request for an answer, not here.
			if (error instanceof ProcessEnded || error instanceof FailureError || signal.aborted) {
				return undefined;
			}
			throw error;
		}
	}

	/** Implements `LanguageModel.reportDevices`. */
	async reportDevices(signal: AbortSignal): Promise<DeviceReport | undefined> {
		const running = this.#process.child;
		const parts = { fork: () => this.#fork(), running, devices: this.#devices };
		const report = await reportDevices(parts, signal);
		const info = this.#loaded?.info;
		if (!report?.loaded || !info) {
			return report;
		}
		// The engine knows the current number of threads, but not why its backend was chosen.
		const { device } = report.loaded.info;
		return { ...report, loaded: { ...report.loaded, info: { ...info, device } } };
	}

	async #load(
		settings: LocalModelSettings,
		signal: AbortSignal,
		from: ModelInfo | undefined,
	): Promise<ModelInfo | undefined> {
		const info = await bringUpModel(
			settings,
			{
				...this.#options,
				...(from && {
					obtainModel: () => Promise.resolve(from.path),
					confirmSecondCopy: () => Promise.resolve(false),
				}),
				process: () => this.#process.start(settings.gpu, signal),
				explain: (loaded) => this.#devices.explain(loaded, settings.gpu),
				onStatus: (status) => {
					this.status.set(status);
				},
			},
			signal,
		);
		this.#loaded = info && { settings, info };
		return info;
	}

	/** Whether the backend or the model is being loaded. A failure then is a failure of the device. */
	#isOnItsWay(): boolean {
		const { kind } = this.status.current;
		return kind === "starting" || kind === "loading";
	}

	#fork(): InferenceProcess {
		const { modulePath, log, addedPackages } = this.#options;
		return new InferenceProcess(modulePath, log, addedPackages);
	}

	#name(): string {
		const { model, name } = this.#options.settings();
		return modelDisplayName(model, name);
	}
}
