import type { Memento } from "vscode";
import * as v from "valibot";

const key = "recentModels";
const longest = 5;

const schema = v.array(v.object({ model: v.string(), name: v.optional(v.string()) }));
type RecentModel = v.InferOutput<typeof schema>[number];

/** The recently used models, latest first. They let the user return to a model without searching for it. */
export class RecentModels {
	readonly #memento: Memento;

	constructor(memento: Memento) {
		this.#memento = memento;
	}

	/** Returns values of `localLlm.model`, at most five. */
	list(): readonly string[] {
		return this.#read().map(({ model }) => model);
	}

	/** Returns the name that a model had when it was chosen; `undefined` if it can be derived from the setting. */
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
