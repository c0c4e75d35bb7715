import type { DeviceReport } from "../../protocol/inference/deviceReport";
import type {
	PromptMessages,
	Fit,
	Generated,
	PreloadProgress,
} from "../../protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";
import type { Disposable } from "../base/disposableStore";
import type { GenerateListener, GenerateOptions, LanguageModel } from "./languageModel";
import { unloadedStatus, type LocalModelSettings } from "./modelSettings";
import { StatusSource } from "./statusSource";

export interface DeferredLanguageModelParts {
	/** Read at each look at the status, until the backend is there. */
	readonly settings: () => LocalModelSettings;
	/** Called once, when a model is needed; again if it failed. */
	readonly load: () => Promise<LanguageModel>;
}

/** A backend whose code is loaded with the first need of a model. Until then nothing is loaded, and it says so. */
export class DeferredLanguageModel implements LanguageModel {
	readonly #options: DeferredLanguageModelParts;
	readonly #status: StatusSource;
	#loading: Promise<LanguageModel> | undefined;
	#backend: LanguageModel | undefined;
	#subscription: Disposable | undefined;
	#disposed = false;

	constructor(options: DeferredLanguageModelParts) {
		this.#options = options;
		this.#status = new StatusSource(unloadedStatus(options.settings()));
	}

	get status(): ModelStatus {
		return this.#status.current;
	}

	get loadedPath(): string | undefined {
		return this.#backend?.loadedPath;
	}

	onDidChangeStatus(listener: (status: ModelStatus) => void): Disposable {
		return this.#status.onDidChange(listener);
	}

	async prepare(signal: AbortSignal): Promise<ModelInfo | undefined> {
		return (await this.#load()).prepare(signal);
	}

	async fit(
		messages: PromptMessages,
		options: GenerateOptions,
		signal: AbortSignal,
	): Promise<Fit | undefined> {
		return (await this.#load()).fit(messages, options, signal);
	}

	async generate(
		messages: PromptMessages,
		options: GenerateOptions,
		listener: GenerateListener,
		signal: AbortSignal,
	): Promise<Generated> {
		return (await this.#load()).generate(messages, options, listener, signal);
	}

	async countTokens(
		conversations: readonly PromptMessages[],
		options: Pick<GenerateOptions, "thinking">,
		signal: AbortSignal,
	): Promise<readonly number[] | undefined> {
		return this.#backend?.countTokens(conversations, options, signal);
	}

	async preload(
		messages: PromptMessages,
		options: GenerateOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress | undefined> {
		return this.#backend?.preload(messages, options, signal);
	}

	async unload(): Promise<void> {
		await this.#backend?.unload();
	}

	async reportDevices(signal: AbortSignal): Promise<DeviceReport | undefined> {
		return (await this.#load()).reportDevices(signal);
	}

	settingsChanged(): void {
		if (this.#backend) {
			this.#backend.settingsChanged();
		} else {
			this.#status.set(unloadedStatus(this.#options.settings()));
		}
	}

	dispose(): void {
		this.#disposed = true;
		this.#subscription?.dispose();
		this.#backend?.dispose();
	}

	#load(): Promise<LanguageModel> {
		this.#loading ??= this.#options.load().then(
			(languageModel) => {
				this.#adopt(languageModel);
				return languageModel;
			},
			(error: unknown) => {
				this.#loading = undefined;
				throw error;
			},
		);
		return this.#loading;
	}

	#adopt(languageModel: LanguageModel): void {
		if (this.#disposed) {
			languageModel.dispose();
			return;
		}
		this.#backend = languageModel;
		this.#subscription = languageModel.onDidChangeStatus((status) => {
			this.#status.set(status);
		});
	}
}
