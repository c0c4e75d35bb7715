import type { Composition } from "./compose";
import type { CompositionParts } from "./compositionParts";
import type { LanguageModel } from "../inference/languageModel";

/** The composition. It is in its own bundle (docs/adr/0028), which is loaded when it is first needed. */
export class LateComposition {
	readonly #parts: CompositionParts;
	#composing: Promise<Composition> | undefined;

	constructor(parts: CompositionParts) {
		this.#parts = parts;
	}

	/** Returns the one composition. If loading fails, the next call tries again. */
	get(): Promise<Composition> {
		return (this.#composing ??= this.#compose());
	}

	/** Composes the extension again around a different model, or around the real one if none is given. */
	async renew(createBackend?: () => LanguageModel): Promise<Composition> {
		(await this.#composing)?.dispose();
		return (this.#composing = this.#compose(createBackend));
	}

	/** Stops the composition within a bounded time; does nothing if nothing has needed it. */
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
