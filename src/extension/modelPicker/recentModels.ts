import type { Memento } from "vscode";
import * as v from "valibot";

const key = "recentModels";
const longest = 5;

const schema = v.array(v.object({ model: v.string(), name: v.optional(v.string()) }));
type RecentModel = v.InferOutput<typeof schema>[number];

/** Models that were chosen before, kept so that going back to one takes no search. Latest first. */
export class RecentModels {
	readonly #memento: Memento;

	constructor(memento: Memento) {
		this.#memento = memento;
	}

	/** @returns values of `localLlm.model`. */
	list(): readonly string[] {
		return this.#read().map(({ model }) => model);
	}

	/** @returns what a model was called when it was chosen, if its path does not tell. */
	nameOf(model: string): string | undefined {
		return this.#read().find((recent) => recent.model === model.trim())?.name;
	}

	async add(model: string, name: string | undefined): Promise<void> {
		const others = this.#read().filter((other) => other.model !== model);
		const latest = name === undefined ? { model } : { model, name };
		await this.#memento.update(key, [latest, ...others].slice(0, longest));
	}

	#read(): readonly RecentModel[] {
		const stored = v.safeParse(schema, this.#memento.get(key));
		return stored.success ? stored.output.slice(0, longest) : [];
	}
}
