import type { Memento } from "vscode";

const key = "recentModels";
const longest = 5;

/** Models that were chosen before, kept so that going back to one takes no search. Latest first. */
export class RecentModels {
	readonly #memento: Memento;

	constructor(memento: Memento) {
		this.#memento = memento;
	}

	list(): readonly string[] {
		const stored: unknown = this.#memento.get(key);
		return Array.isArray(stored)
			? stored.filter((value) => typeof value === "string").slice(0, longest)
			: [];
	}

	async add(model: string): Promise<void> {
		const others = this.list().filter((other) => other !== model);
		await this.#memento.update(key, [model, ...others].slice(0, longest));
	}
}
