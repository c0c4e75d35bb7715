import { watch, type FSWatcher } from "node:fs";
import type { Clock } from "../../base/clock";
import type { Disposable } from "../../base/disposableStore";

/** The polling interval in milliseconds, for file systems that report changes unreliably or not at all. */
const pollMs = 3000;

export interface FolderListener {
	/** Called after the file with this name was added, changed, or removed. */
	readonly onFile: (name: string) => void;
	/** Called when it is time to check the folder for missed changes. */
	readonly onPoll: () => void;
}

/** Watches a folder while it has users. The folder need not exist yet. */
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

	/** Adds a user. The folder is watched until all users are disposed. */
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

	/** Tries to watch the folder again, because it may exist now. */
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

	/** Starts watching. @returns `undefined` if the folder does not exist yet or cannot be watched */
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
