import type { DeviceReport } from "../../protocol/inference/deviceReport";
import type {
	PromptMessages,
	Generated,
	PreloadProgress,
} from "../../protocol/inference/inference";
import type { ModelInfo, ModelStatus } from "../../protocol/inference/model";
import type { Disposable } from "../base/disposableStore";
import type { GenerateListener, GenerateOptions, LanguageModel } from "./languageModel";
import { unloadedStatus, type LocalModelSettings } from "./modelSettings";
import { StatusSource } from "./statusSource";

export interface DeferredLanguageModelParts {
	/** Returns the current settings. Called until the language model is loaded. */
	readonly settings: () => LocalModelSettings;
	/** Called when a model is first needed, and again if that failed. */
	readonly load: () => Promise<LanguageModel>;
}

/** Loads the code of a language model when it is first needed. Until then, the status is "unloaded". */
export class DeferredLanguageModel implements LanguageModel {
	readonly #options: DeferredLanguageModelParts;
	readonly #status: StatusSource;
	#loading: Promise<LanguageModel> | undefined;
	#languageModel: LanguageModel | undefined;
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
		return this.#languageModel?.loadedPath;
	}

	onDidChangeStatus(listener: (status: ModelStatus) => void): Disposable {
		return this.#status.onDidChange(listener);
	}

	async prepare(signal: AbortSignal): Promise<ModelInfo | undefined> {
		return (await this.#load()).prepare(signal);
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
		return this.#languageModel?.countTokens(conversations, options, signal);
	}

	async preload(
		messages: PromptMessages,
		options: GenerateOptions,
		signal: AbortSignal,
	): Promise<PreloadProgress | undefined> {
		return this.#languageModel?.preload(messages, options, signal);
	}

	async unload(): Promise<void> {
		await this.#languageModel?.unload();
	}

	async reportDevices(signal: AbortSignal): Promise<DeviceReport | undefined> {
		return (await this.#load()).reportDevices(signal);
	}

	settingsChanged(): void {
		if (this.#languageModel) {
			this.#languageModel.settingsChanged();
		} else {
			this.#status.set(unloadedStatus(this.#options.settings()));
		}
	}

	dispose(): void {
		this.#disposed = true;
		this.#subscription?.dispose();
		this.#languageModel?.dispose();
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
		this.#languageModel = languageModel;
		this.#subscription = languageModel.onDidChangeStatus((status) => {
			this.#status.set(status);
		});
	}
}
