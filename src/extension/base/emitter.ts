import type { Disposable } from "./disposableStore";

/** Tells listeners of one kind of event; VS Code's `EventEmitter` for code that runs without VS Code. */
export class Emitter<T> {
	readonly #listeners = new Set<(value: T) => void>();

	/** Calls `listener` at every `fire` until the result is disposed. */
	readonly event = (listener: (value: T) => void): Disposable => {
		// A wrapper of its own: the same function may subscribe twice and end once.
		const entry = (value: T): void => {
			listener(value);
		};
		this.#listeners.add(entry);
		return { dispose: () => this.#listeners.delete(entry) };
	};

	fire(value: T): void {
		for (const listener of [...this.#listeners]) {
			listener(value);
		}
	}
}
