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
	/** The process has ended, by whatever cause. */
	readonly onExited: (
		child: InferenceProcess,
		exit: ProcessExit,
		lost: LostModel | undefined,
	) => void;
}

/** A model that was in memory when its process ended. */
export interface LostModel {
	readonly info: ModelInfo;
	/** The settings still name it. */
	readonly isWanted: boolean;
}

/** The model that the settings name, in the memory of a process or on its way there. */
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

	/** What is in memory, whatever the settings name meanwhile. */
	get loaded(): ModelInfo | undefined {
		return this.#loaded?.info;
	}

	/** Id of the process, while it runs. */
	get processId(): number | undefined {
		return this.#process.processId;
	}

	/** The process that runs, or that crashed and still says how. @throws {ProcessEnded} if we ended it. */
	get process(): InferenceProcess {
		return this.#process.required();
	}

	/** Where the model is while nobody asks for anything. */
	get restingStatus(): ModelStatus {
		const settings = this.#options.settings();
		return this.#loaded && nameSameModel(this.#loaded.settings, settings)
			? { kind: "ready", info: this.#loaded.info }
			: unloadedStatus(settings);
	}

	/**
	 * @param from a restart loads this very file and asks nobody
	 * @returns the model of the settings, loaded now or before; `undefined` if aborted or declined.
	 * @throws {FailureError} if the model cannot be had.
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

	/** Says that the model cannot be had, until it is asked for again. */
	noteFailure(failure: InferenceFailure): void {
		this.status.set({ kind: "failed", name: this.#name(), failure });
	}

	/** Ends the process, and with it what is in memory. Settles when it is gone. */
	async end(): Promise<void> {
		this.#loaded = undefined;
		await this.#process.end();
	}

	/** Kills the process, which stays to say how it ended. */
	kill(): void {
		this.#process.kill();
	}

	/** As `InferenceBackend.countTokens`. */
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
			// What ends the process is told where it was asked for an answer.
			if (error instanceof ProcessEnded || error instanceof FailureError || signal.aborted) {
				return undefined;
			}
			throw error;
		}
	}

	/** As `InferenceBackend.reportDevices`. */
	async reportDevices(signal: AbortSignal): Promise<DeviceReport | undefined> {
		const running = this.#process.child;
		const parts = { fork: () => this.#fork(), running, devices: this.#devices };
		const report = await reportDevices(parts, signal);
		const info = this.#loaded?.info;
		if (!report?.loaded || !info) {
			return report;
		}
		// The engine does not know why its backend was chosen, but how many threads compute now.
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

	/** The backend or the model on it is being loaded: what fails now, fails on the device. */
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
