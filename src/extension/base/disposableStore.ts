/** Something with an end. Structurally VS Code's own, so that code without VS Code can own things too. */
export interface Disposable {
	dispose(): void;
}

/** Owns what was created together and ends it together, in reverse order. Disposing twice does nothing. */
export class DisposableStore implements Disposable {
	readonly #owned: Disposable[] = [];
	#disposed = false;

	/** Ties `child`'s life to this store's; a late registration is disposed at once. */
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
