import type { Disposable } from "./disposableStore";

/** Notifies the listeners of one event, as VS Code's `EventEmitter` does, in code that does not import VS Code. */
export class Emitter<T> {
	readonly #listeners = new Set<(value: T) => void>();

	/** Calls `listener` at each `fire` until the result is disposed. */
	readonly event = (listener: (value: T) => void): Disposable => {
		// The wrapper makes each subscription distinct, because the same function can subscribe twice.
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
