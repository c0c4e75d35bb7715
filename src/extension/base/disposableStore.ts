/** A resource to release. Structurally equal to VS Code's `Disposable`, for code that does not import VS Code. */
export interface Disposable {
	dispose(): void;
}

/** Owns disposables, and disposes them in reverse order. Disposing the store twice has no effect. */
export class DisposableStore implements Disposable {
	readonly #owned: Disposable[] = [];
	#disposed = false;

	/** Adds `child` and returns it. If the store is already disposed, `child` is disposed at once. */
	own<T extends Disposable>(child: T): T {
		if (this.#disposed) {
			child.dispose();
		} else {
			this.#owned.push(child);
		}
		return child;
	}

	dispose(): void {
		this.#disposed = true;
		for (const child of this.#owned.splice(0).reverse()) {
			child.dispose();
		}
	}
}
