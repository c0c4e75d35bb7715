import { watch, type FSWatcher } from "node:fs";
import type { Clock } from "../../base/clock";
import type { Disposable } from "../../base/disposableStore";

/** For file systems that tell of nothing, and for what they forget to tell. */
const pollMs = 3000;

export interface FolderListener {
	/** The file of this name was added, changed or removed. */
	readonly onFile: (name: string) => void;
	/** It is time to look for oneself. */
	readonly onPoll: () => void;
}

/** Watches one folder for as long as somebody wants to know. The folder need not be there yet. */
export class FolderWatch implements Disposable {
	readonly #folder: string;
	readonly #clock: Clock;
	readonly #listener: FolderListener;
	#users = 0;
	#watcher: FSWatcher | undefined;
	#poll: Disposable | undefined;

	constructor(folder: string, clock: Clock, listener: FolderListener) {
		this.#folder = folder;
		this.#clock = clock;
		this.#listener = listener;
	}

	/** Watches until the result, and all others, are disposed. */
	use(): Disposable {
		this.#users += 1;
		this.#begin();
		let isUsed = true;
		return {
			dispose: () => {
				this.#users -= Number(isUsed);
				isUsed = false;
				if (this.#users === 0) {
					this.dispose();
				}
			},
		};
	}

	/** The folder may be there by now. */
	tryAgain(): void {
		if (this.#users > 0) {
			this.#begin();
		}
	}

	dispose(): void {
		this.#poll?.dispose();
		this.#poll = undefined;
		this.#watcher?.close();
		this.#watcher = undefined;
	}

	#begin(): void {
		this.#watcher ??= this.#open();
		this.#poll ??= this.#clock.after(pollMs, () => {
			this.#poll = undefined;
			this.#listener.onPoll();
			this.tryAgain();
		});
	}

	/** @returns `undefined` where the folder cannot be watched, or not yet. */
	#open(): FSWatcher | undefined {
		try {
			const watcher = watch(this.#folder, { persistent: false }, (_event, name) => {
				if (name !== null) {
					this.#listener.onFile(name);
				}
			});
			watcher.on("error", () => {
				watcher.close();
				if (this.#watcher === watcher) {
					this.#watcher = undefined;
				}
			});
			return watcher;
		} catch {
			return undefined;
		}
	}
}
