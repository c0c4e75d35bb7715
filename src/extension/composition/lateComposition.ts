import type { Composition } from "./compose";
import type { CompositionParts } from "./compositionParts";
import type { LanguageModel } from "../inference/languageModel";

/** The composition, in a bundle of its own (docs/adr/0028): loaded and put together with the first need of it. */
export class LateComposition {
	readonly #parts: CompositionParts;
	#composing: Promise<Composition> | undefined;

	constructor(parts: CompositionParts) {
		this.#parts = parts;
	}

	/** The one composition there is. What cannot be loaded is tried again with the next call. */
	get(): Promise<Composition> {
		return (this.#composing ??= this.#compose());
	}

	/** Puts everything together anew, around another model; around the real one, if none is given. */
	async renew(createBackend?: () => LanguageModel): Promise<Composition> {
		(await this.#composing)?.dispose();
		return (this.#composing = this.#compose(createBackend));
	}

	/** Ends what runs, within a bounded time; nothing, if nobody needed the composition. */
	async stop(): Promise<void> {
		const composition = await this.#composing;
		this.#composing = undefined;
		await composition?.stop();
		composition?.dispose();
	}

	async #compose(createBackend?: () => LanguageModel): Promise<Composition> {
		try {
			const { compose } = await import("./compose");
			return compose(this.#parts, createBackend);
		} catch (error) {
			this.#composing = undefined;
			throw error;
		}
	}
}
