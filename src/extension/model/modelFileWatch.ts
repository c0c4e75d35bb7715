import type { InferenceFailure } from "../../protocol/failure";
import type { ModelStatus } from "../../protocol/inference/model";
import { parseModelSource } from "../../protocol/download/modelSource";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { LanguageModel } from "../inference/languageModel";
import { unlessAborted } from "../base/unlessAborted";

/** A drive that does not answer is left alone: loading the model will tell. */
const longestLookMs = 5000;

export interface ModelFileWatchParts {
	readonly languageModel: Pick<LanguageModel, "status" | "onDidChangeStatus">;
	/** Tells why a file cannot be used, if that shows without loading it. */
	readonly whyNoModel: (path: string) => Promise<InferenceFailure | undefined>;
	/** Hears of a model that cannot be used. */
	readonly onFailed: (status: ModelStatus) => void;
}

/** Looks at the model file that is to be loaded with the next message, so that a person hears at once if it cannot be used. */
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

	/** Looks now, and whenever another model is to be loaded: nothing is read before a chat is shown. */
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
