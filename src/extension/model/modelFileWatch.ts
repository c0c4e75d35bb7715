import type { InferenceFailure } from "../../protocol/failure";
import type { ModelStatus } from "../../protocol/inference/model";
import { parseModelSource } from "../../protocol/download/modelSource";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { LanguageModel } from "../inference/languageModel";
import { unlessAborted } from "../base/unlessAborted";

/** After this time, a drive that does not answer is left alone. Loading the model reports the problem later. */
const longestLookMs = 5000;

export interface ModelFileWatchParts {
	readonly languageModel: Pick<LanguageModel, "status" | "onDidChangeStatus">;
	/** Returns why a file cannot be used; `undefined` if no reason is found without loading it. */
	readonly whyNoModel: (path: string) => Promise<InferenceFailure | undefined>;
	/** Called when the model cannot be used. */
	readonly onFailed: (status: ModelStatus) => void;
}

/** Checks the model file that the next message would load, so that the user learns at once if it cannot be used. */
export class ModelFileWatch implements Disposable {
	readonly #parts: ModelFileWatchParts;
	readonly #owned = new DisposableStore();
	readonly #ended = new AbortController();
	#isBegun = false;

	constructor(parts: ModelFileWatchParts) {
		this.#parts = parts;
		this.#owned.own(
			parts.languageModel.onDidChangeStatus((status) => {
				if (this.#isBegun) {
					void this.#look(status);
				}
			}),
		);
	}

	/**
	 * Checks the file now, and whenever the settings name another one. Called when a chat is first shown: nothing is read
	 * before.
	 */
	begin(): void {
		this.#isBegun = true;
		void this.#look(this.#parts.languageModel.status);
	}

	dispose(): void {
		this.#ended.abort();
		this.#owned.dispose();
	}

	async #look(status: ModelStatus): Promise<void> {
		const source = status.kind === "unloaded" ? parseModelSource(status.detail) : undefined;
		if (status.kind !== "unloaded" || source?.kind !== "file") {
			return;
		}
		const { languageModel, whyNoModel, onFailed } = this.#parts;
		const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(longestLookMs)]);
		const looking = whyNoModel(source.path).catch(() => undefined);
		const failure = await unlessAborted(looking, signal);
		if (failure && JSON.stringify(languageModel.status) === JSON.stringify(status)) {
			onFailed({ kind: "failed", name: status.name, failure });
		}
	}
}
