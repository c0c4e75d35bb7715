import type { DeviceReport } from "../../protocol/inference/deviceReport";
import { FailureError } from "../../protocol/failureError";
import {
	PreloadPrompt,
	type PromptMessages,
	type Generated,
	type PreloadProgress,
} from "../../protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";
import type { Disposable } from "../base/disposableStore";
import { ProcessEnded } from "../process/forkedProcess";
import { AfterCrash } from "./restart/afterCrash";
import {
	deliverProgress,
	type GenerateListener,
	type GenerateOptions,
	type LanguageModel,
} from "./languageModel";
import { EngineActivity } from "./engineActivity";
import { IdleTimer } from "./idleTimer";
import type { LocalLanguageModelParts } from "./localLanguageModelParts";
import { ModelHolder } from "./modelHolder";
import { Restarter } from "./restart/restarter";
import { TurnQueue } from "./turnQueue";

/** A canceled computation settles after the current token or prefill batch. This bound is far longer than either. */
const defaultStopBoundMs = 2000;

/**
 * Answers with a model in a separate process, which is forked on first use. After a crash during an answer, the process
 * is restarted automatically; after any other crash, with the next request.
 */
export class LocalLanguageModel implements LanguageModel {
	readonly #options: LocalLanguageModelParts;
	readonly #model: ModelHolder;
	readonly #turns: TurnQueue;
	readonly #activity = new EngineActivity();
	readonly #afterCrash: AfterCrash;
	readonly #restarter: Restarter;
	readonly #idle = new IdleTimer(() => void this.unload());

	constructor(options: LocalLanguageModelParts) {
		const { clock, log, onCrash } = options;
		this.#options = options;
		this.#restarter = new Restarter({ clock, log });
		this.#model = new ModelHolder(options, {
			onExited: (child, exit, lost) => {
				if (!exit.requested) {
					this.#afterCrash.crashed(child, exit, lost);
				}
				this.#restIfIdle();
			},
		});
		this.#afterCrash = new AfterCrash({
			activity: this.#activity,
			restarter: this.#restarter,
			model: this.#model,
			bringBack: (lost, signal) =>
				this.#inTurn(signal, undefined, (either) => this.#bringUp(either, lost)),
			clock,
			onCrash,
		});
		this.#turns = new TurnQueue({
			boundMs: options.stopBoundMs ?? defaultStopBoundMs,
			onOverdue: () => {
				log.warn("a canceled request did not settle; its process is killed");
				this.#model.kill();
			},
			onIdle: () => {
				this.#rest();
			},
		});
	}

	get status(): ModelStatus {
		return this.#model.status.current;
	}

	get loadedPath(): string | undefined {
		return this.#model.loaded?.path;
	}

	/** The id of the process that runs the model; `undefined` if none is running. */
	get processId(): number | undefined {
		return this.#model.processId;
	}

	onDidChangeStatus(listener: (status: ModelStatus) => void): Disposable {
		return this.#model.status.onDidChange(listener);
	}

	async prepare(signal: AbortSignal): Promise<ModelInfo | undefined> {
		const whyNotRestarted = this.#restarter.join(signal);
		return this.#inTurn(signal, undefined, async (either) => {
			const failure = whyNotRestarted();
			if (failure) {
				throw new FailureError(failure);
			}
			return this.#bringUp(either);
		});
	}

	async generate(
		messages: PromptMessages,
		options: GenerateOptions,
		listener: GenerateListener,
		signal: AbortSignal,
	): Promise<Generated> {
		const stopped: Generated = { ending: "stopped", stats: undefined };
		return this.#inTurn(signal, stopped, async (either) => {
			if (either.aborted) {
				return stopped;
			}
			this.#activity.beginGenerating(messages, options);
			return this.#model.process.generate(
				messages,
				options,
				(event) => {
					this.#activity.follow(event);
					deliverProgress(event, listener);
				},
				either,
			);
		});
	}

	async countTokens(
		conversations: readonly PromptMessages[],
		options: Pick<GenerateOptions, "thinking">,
		signal: AbortSignal,
	): Promise<readonly number[] | undefined> {
		return this.#model.countTokens(conversations, options, signal);
	}

	async preload(
		messages: PromptMessages,
		{ maxTokens, thinking }: GenerateOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress | undefined> {
		if (this.#model.restingStatus.kind !== "ready") {
			return undefined;
		}
		return this.#turns.runAside(signal, (either) =>
			this.#untilEnded(undefined, async () => {
				this.#activity.beginPreloading(messages);
				const params = { messages, maxTokens, thinking };
				const read = await this.#model.process.request(PreloadPrompt, params, either);
				return either.aborted ? undefined : read;
			}),
		);
	}

	async unload(): Promise<void> {
		this.#restarter.cancel();
		this.#turns.abortAll();
		await this.#turns.drained();
		this.#idle.stop();
		await this.#model.end();
		this.#model.status.set(this.#model.restingStatus);
	}

	async reportDevices(signal: AbortSignal): Promise<DeviceReport | undefined> {
		return this.#model.reportDevices(signal);
	}

	settingsChanged(): void {
		this.#restarter.cancel();
		this.#restIfIdle();
	}

	dispose(): void {
		this.#restarter.cancel();
		this.#turns.abortAll();
		this.#idle.stop();
		this.#model.kill();
	}

	/**
	 * Runs `work` after all earlier work. Adds the decision about a restart to the error of a crash. Resolves as
	 * `#untilEnded`.
	 */
	#inTurn<R, E>(
		signal: AbortSignal,
		ifEnded: E,
		work: (signal: AbortSignal) => Promise<R>,
	): Promise<R | E> {
		this.#idle.stop();
		return this.#turns.run(signal, (either) =>
			this.#untilEnded(ifEnded, () =>
				work(either).catch((error: unknown) => {
					throw this.#afterCrash.told(error);
				}),
			),
		);
	}

	/** Runs `work`. Resolves with `ifEnded` if we end the process meanwhile. */
	async #untilEnded<R, E>(ifEnded: E, work: () => Promise<R>): Promise<R | E> {
		try {
			return await work();
		} catch (error) {
			if (error instanceof ProcessEnded) {
				return ifEnded;
			}
			throw error;
		} finally {
			this.#activity.end();
		}
	}

	/** Loads the model in the settings, unless it is loaded. @returns `undefined` if aborted or declined */
	async #bringUp(signal: AbortSignal, lost?: ModelInfo): Promise<ModelInfo | undefined> {
		this.#activity.beginLoading();
		try {
			return await this.#model.bringUp(signal, lost);
		} catch (error) {
			if (error instanceof FailureError) {
				if (signal.aborted) {
					return undefined;
				}
				this.#model.noteFailure(error.failure);
			}
			throw error;
		}
	}

	#restIfIdle(): void {
		if (this.#turns.isIdle) {
			this.#model.status.set(this.#model.restingStatus);
			this.#awaitIdleness();
		}
	}

	/** Resets the status after the last request, unless it shows a failure, and starts the idle wait. */
	#rest(): void {
		if (this.status.kind !== "failed") {
			this.#model.status.set(this.#model.restingStatus);
		}
		this.#awaitIdleness();
	}

	/** Starts the wait after which the idle process is ended. */
	#awaitIdleness(): void {
		if (this.processId !== undefined) {
			this.#idle.start(this.#options.settings().unloadAfterMinutes);
		}
	}
}
