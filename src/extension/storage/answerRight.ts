import { setImmediate } from "node:timers/promises";
import type { Clock } from "../base/clock";
import type { AnswerLease } from "../conversation/chatLibrary";
import type { Disposable } from "../base/disposableStore";
import { describeError, type Log } from "../base/log";
import type { FileLocks, HeldLock } from "./files/fileLock";
import { codeOf } from "./files/fileSystem";

/** How often it is looked whether a window that generates is still there. */
const lookMs = 1000;

export interface AnswerRightParts {
	readonly locks: FileLocks;
	readonly clock: Clock;
	readonly log: Log;
}

/**
 * Which window may generate in a conversation: one at a time.
 *
 * From the moment this window tries for the right until its lock is gone, what it sees of the lock may be its own: then
 * it does not look, and looks when that is over.
 */
export class AnswerRight implements Disposable {
	readonly #parts: AnswerRightParts;
	readonly #file: string;
	readonly #onLook: () => void;
	#own: "none" | "tried" | "had" = "none";
	/** How often this window has tried. */
	#tries = 0;
	#held: { readonly lock: HeldLock; readonly end: () => void } | undefined;
	#over: Promise<void> = Promise.resolve();
	#isElsewhere = false;
	#isDisposed = false;
	#nextLook: Disposable | undefined;

	/** @param onLook called when it is time to look again: who has the right may have changed */
	constructor(parts: AnswerRightParts, file: string, onLook: () => void) {
		this.#parts = parts;
		this.#file = file;
		this.#onLook = onLook;
	}

	/** As it was when somebody looked last. */
	get isElsewhere(): boolean {
		return this.#isElsewhere;
	}

	/** Settles when nothing is left of the leases that this window has asked for so far. Never rejects. */
	get whenOver(): Promise<void> {
		return this.#over;
	}

	/** @returns whether it has changed who has the right. */
	async look(): Promise<boolean> {
		const before = this.#isElsewhere;
		const tries = this.#tries;
		if (this.#own === "none") {
			const isHeld = await this.#parts.locks.isHeld(this.#file).catch(() => before);
			if (tries === this.#tries) {
				this.#isElsewhere = isHeld;
			}
		}
		if (this.#own === "had") {
			this.#isElsewhere = false;
		}
		this.#nextLook?.dispose();
		this.#nextLook =
			this.#isElsewhere && !this.#isDisposed
				? this.#parts.clock.after(lookMs, this.#onLook)
				: undefined;
		return this.#isElsewhere !== before;
	}

	/**
	 * Waits until an earlier lease of this window is over.
	 *
	 * @param beforeRelease awaited when the lease has ended, before others may have it
	 * @returns `undefined` if another window has it.
	 */
	async take(beforeRelease: () => Promise<void>): Promise<AnswerLease | undefined> {
		const earlier = this.#over;
		let end = (): void => undefined;
		this.#over = new Promise((resolve) => {
			end = resolve;
		});
		await earlier;
		this.#tries += 1;
		this.#own = "tried";
		const lock = await this.#hold();
		if (!lock || this.#isDisposed) {
			await lock?.release();
			this.#own = "none";
			end();
			return undefined;
		}
		this.#own = "had";
		this.#held = { lock, end };
		let hasEnded = false;
		return {
			dispose: () => {
				if (!hasEnded) {
					hasEnded = true;
					void this.#release(beforeRelease);
				}
			},
		};
	}

	/** Lets go of the right at once, whatever is left to be written. */
	dispose(): void {
		this.#isDisposed = true;
		this.#nextLook?.dispose();
		void this.#letGo();
	}

	/** A disk on which no lock can be put keeps nobody from an answer. */
	async #hold(): Promise<HeldLock | undefined> {
		try {
			return await this.#parts.locks.tryHold(this.#file);
		} catch (error) {
			this.#parts.log.warn(`an answer is generated without its lock: ${codeOf(error)}`);
			return { release: () => Promise.resolve() };
		}
	}

	async #release(beforeRelease: () => Promise<void>): Promise<void> {
		try {
			// Whoever ends the lease may yet write how the answer ended.
			await setImmediate();
			await beforeRelease();
		} catch (error) {
			this.#parts.log.error(describeError(error));
		}
		await this.#letGo();
	}

	async #letGo(): Promise<void> {
		const held = this.#held;
		await held?.lock.release();
		if (held && this.#held === held) {
			this.#held = undefined;
			this.#own = "none";
			held.end();
			this.#onLook();
		}
	}
}
