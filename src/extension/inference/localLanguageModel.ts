import { assertNever } from "../../protocol/assertNever";
import type { DeviceReport } from "../../protocol/inference/deviceReport";
import { FailureError } from "../../protocol/failureError";
import {
	PreloadPrompt,
	type PromptMessages,
	type Generated,
	type GenerateProgressParams,
	type PreloadProgress,
} from "../../protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";
import type { Disposable } from "../base/disposableStore";
import { ProcessEnded } from "../process/forkedProcess";
import { AfterCrash } from "./restart/afterCrash";
import type { GenerateListener, GenerateOptions, LanguageModel } from "./languageModel";
import { EngineActivity } from "./engineActivity";
import { IdleTimer } from "./idleTimer";
import type { LocalLanguageModelParts } from "./localLanguageModelParts";
import { ModelHolder } from "./modelHolder";
import { Restarter } from "./restart/restarter";
import { TurnQueue } from "./turnQueue";

/** Between two tokens or two pieces of a prompt a cancelled computation settles; this is far over both. */
const defaultStopBoundMs = 2000;

/**
 * Answers with a model in a process of its own, forked on first use and anew after a crash: by itself after one in the
 * middle of work, and whenever somebody asks.
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
				log.warn("a cancelled request did not settle; its process is ended");
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

	/** Id of the process that runs the model, while there is one. */
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
					deliver(event, listener);
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

	/** Does one thing after the other; `ifEnded` is what comes of it when we end its process. */
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

	/** @param ifEnded what comes of `work` when we end its process */
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

	/** @returns the model of the settings, loaded now or before; `undefined` if aborted or declined. */
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

	/** After the last request: the status says what is there, and the wait for the next one begins. */
	#rest(): void {
		if (this.status.kind !== "failed") {
			this.#model.status.set(this.#model.restingStatus);
		}
		this.#awaitIdleness();
	}

	/** Begins the wait after which the process is ended. */
	#awaitIdleness(): void {
		if (this.processId !== undefined) {
			this.#idle.start(this.#options.settings().unloadAfterMinutes);
		}
	}
}

function deliver(event: GenerateProgressParams, listener: GenerateListener): void {
	switch (event.kind) {
		case "trimmed":
			listener.onTrimmed?.(event);
			break;
		case "prefill":
			listener.onPrefill(event.doneTokens, event.totalTokens);
			break;
		case "text":
			listener.onText(event.channel, event.text);
			break;
		default:
			assertNever(event);
	}
}
