import {
	FitConversation,
	type Conversation,
	type Fit,
	type Generated,
} from "../../protocol/inference";
import type { DeviceReport } from "../../protocol/deviceReport";
import type { ModelInfo, ModelStatus } from "../../protocol/model";
import type { Disposable } from "../disposableStore";
import type { GenerateListener, GenerateOptions, InferenceBackend } from "./backend";
import { bringUpModel } from "./bringUpModel";
import { reportDevices } from "./deviceReporter";
import { DeviceSelector } from "./deviceSelector";
import { IdleTimer } from "./idleTimer";
import { InferenceProcess } from "./inferenceProcess";
import { ProcessEnded } from "../process/forkedProcess";
import { modelDisplayName } from "./modelFiles";
import type { LocalBackendOptions } from "./localBackendOptions";
import { nameSameModel, unloadedStatus, type LocalModelSettings } from "./modelSettings";
import { ProcessSlot } from "./processSlot";
import { StatusSource } from "./statusSource";
import { streamAnswer } from "./streamAnswer";
import { TurnQueue } from "./turnQueue";
import { FailureError } from "../../protocol/failureError";

/** Between two tokens or two pieces of a prompt a cancelled computation settles; this is far over both. */
const defaultStopBoundMs = 2000;

/** Answers with a model in a process of its own, forked on first use and anew after a crash. */
export class LocalBackend implements InferenceBackend {
	readonly #options: LocalBackendOptions;
	readonly #devices: DeviceSelector;
	readonly #process: ProcessSlot;
	readonly #idle = new IdleTimer(() => void this.unload());
	readonly #turns: TurnQueue;
	readonly #status: StatusSource;
	#loaded: { readonly settings: LocalModelSettings; readonly info: ModelInfo } | undefined;

	constructor(options: LocalBackendOptions) {
		this.#options = options;
		this.#devices = new DeviceSelector(options);
		this.#process = new ProcessSlot({
			fork: () => this.#fork(),
			devices: this.#devices,
			onStarting: () => {
				this.#status.set({ kind: "starting", name: this.#name() });
			},
			onExited: () => {
				this.#loaded = undefined;
				this.settingsChanged();
			},
		});
		this.#status = new StatusSource(this.#restingStatus());
		this.#turns = new TurnQueue({
			boundMs: options.stopBoundMs ?? defaultStopBoundMs,
			onOverdue: () => {
				options.log.warn("a cancelled request did not settle; its process is ended");
				this.#process.kill();
			},
			onIdle: () => {
				this.#rest();
			},
		});
	}

	get status(): ModelStatus {
		return this.#status.current;
	}

	get loadedPath(): string | undefined {
		return this.#loaded?.info.path;
	}

	/** Id of the process that runs the model, while there is one. */
	get processId(): number | undefined {
		return this.#process.processId;
	}

	onDidChangeStatus(listener: (status: ModelStatus) => void): Disposable {
		return this.#status.onDidChange(listener);
	}

	async prepare(signal: AbortSignal): Promise<ModelInfo | undefined> {
		return this.#inTurn(signal, undefined, async (either) => {
			try {
				return await this.#ready(either);
			} catch (error) {
				if (error instanceof FailureError && either.aborted) {
					return undefined;
				}
				this.#noteFailure(error, true);
				throw error;
			}
		});
	}

	async fit(
		messages: Conversation,
		{ maxTokens }: GenerateOptions,
		signal: AbortSignal,
	): Promise<Fit | undefined> {
		return this.#inTurn(signal, undefined, async (either) => {
			const fit = await this.#process
				.required()
				.request(FitConversation, { messages, maxTokens }, either);
			return either.aborted ? undefined : fit;
		});
	}

	async generate(
		messages: Conversation,
		options: GenerateOptions,
		listener: GenerateListener,
		signal: AbortSignal,
	): Promise<Generated> {
		const stopped: Generated = { ending: "stopped", stats: undefined };
		return this.#inTurn(signal, stopped, async (either) =>
			either.aborted
				? stopped
				: streamAnswer(this.#process.required(), messages, options, listener, either),
		);
	}

	async unload(): Promise<void> {
		this.#turns.abortAll();
		await this.#turns.drained();
		await this.#endProcess();
		this.#status.set(this.#restingStatus());
	}

	async reportDevices(signal: AbortSignal): Promise<DeviceReport | undefined> {
		const running = this.#process.child;
		const parts = { fork: () => this.#fork(), running, devices: this.#devices };
		const report = await reportDevices(parts, signal);
		const info = this.#loaded?.info;
		// The engine does not know why its backend was chosen.
		return report?.loaded && info ? { ...report, loaded: { ...report.loaded, info } } : report;
	}

	settingsChanged(): void {
		if (this.#turns.isIdle) {
			this.#status.set(this.#restingStatus());
			this.#awaitIdleness();
		}
	}

	dispose(): void {
		this.#turns.abortAll();
		this.#idle.stop();
		this.#process.kill();
	}

	/** Does one thing after the other; `ifEnded` is what comes of it when we end its process. */
	#inTurn<R, E>(
		signal: AbortSignal,
		ifEnded: E,
		work: (signal: AbortSignal) => Promise<R>,
	): Promise<R | E> {
		this.#idle.stop();
		return this.#turns.run(signal, async (either) => {
			try {
				return await work(either);
			} catch (error) {
				if (error instanceof ProcessEnded) {
					return ifEnded;
				}
				this.#noteFailure(error, false);
				throw error;
			}
		});
	}

	/** @returns the model of the settings, loaded now or before; `undefined` if aborted or declined. */
	async #ready(signal: AbortSignal): Promise<ModelInfo | undefined> {
		const settings = this.#options.settings();
		if (this.#loaded && nameSameModel(this.#loaded.settings, settings)) {
			this.#status.set(this.#restingStatus());
			return this.#loaded.info;
		}
		this.#loaded = undefined;
		if (await this.#devices.revisit(settings)) {
			await this.#endProcess();
		}
		if (signal.aborted) {
			return undefined;
		}
		return this.#devices.untilOneWorks(settings.gpu, {
			attempt: () => this.#bringUp(settings, signal),
			mayGoOn: () => !signal.aborted && this.#isOnItsWay(),
			endProcess: () => this.#endProcess(),
		});
	}

	async #bringUp(
		settings: LocalModelSettings,
		signal: AbortSignal,
	): Promise<ModelInfo | undefined> {
		const info = await bringUpModel(
			settings,
			{
				...this.#options,
				process: () => this.#process.start(settings.gpu, signal),
				explain: (loaded) => this.#devices.explain(loaded, settings.gpu),
				onStatus: (status) => {
					this.#status.set(status);
				},
			},
			signal,
		);
		this.#loaded = info && { settings, info };
		return info;
	}

	/** The backend or the model on it is being loaded: what fails now, fails on the device. */
	#isOnItsWay(): boolean {
		return this.#status.current.kind === "starting" || this.#status.current.kind === "loading";
	}

	async #endProcess(): Promise<void> {
		this.#idle.stop();
		this.#loaded = undefined;
		await this.#process.end();
	}

	#fork(): InferenceProcess {
		const { modulePath, log, addedPackages } = this.#options;
		return new InferenceProcess(modulePath, log, addedPackages);
	}

	/** After the last request: the status says what is there, and the wait for the next one begins. */
	#rest(): void {
		if (this.#status.current.kind !== "failed") {
			this.#status.set(this.#restingStatus());
		}
		this.#awaitIdleness();
	}

	/** Begins the wait after which the process is ended. */
	#awaitIdleness(): void {
		if (this.processId !== undefined) {
			this.#idle.start(this.#options.settings().unloadAfterMinutes);
		}
	}

	#restingStatus(): ModelStatus {
		const settings = this.#options.settings();
		return this.#loaded && nameSameModel(this.#loaded.settings, settings)
			? { kind: "ready", info: this.#loaded.info }
			: unloadedStatus(settings);
	}

	/** The status tells what keeps the model from answering; other failures are one request's own. */
	#noteFailure(error: unknown, ofModel: boolean): void {
		if (error instanceof FailureError && (ofModel || error.failure.kind === "processCrashed")) {
			this.#status.set({ kind: "failed", name: this.#name(), failure: error.failure });
		}
	}

	#name(): string {
		const { model, name } = this.#options.settings();
		return modelDisplayName(model, name);
	}
}
