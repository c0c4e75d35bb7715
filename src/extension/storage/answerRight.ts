import { setImmediate } from "node:timers/promises";
import type { Clock } from "../base/clock";
import type { AnswerLease } from "../conversation/chatLibrary";
import type { Disposable } from "../base/disposableStore";
import { describeError, type Log } from "../base/log";
import type { FileLocks, HeldLock } from "./files/fileLock";
import { codeOf } from "./files/fileSystem";

/** How often to check whether the window that holds the lease still exists, in milliseconds. */
const lookMs = 1000;

export interface AnswerRightParts {
	readonly locks: FileLocks;
	readonly clock: Clock;
	readonly log: Log;
}

/**
 * The lease of one chat: only one window at a time may generate in it.
 *
 * From the moment this window tries to acquire the lease until its lock is removed, the lock file may be its own. It
 * does not check the file in that time, but afterwards.
 */
export class AnswerRight implements Disposable {
	readonly #parts: AnswerRightParts;
	readonly #file: string;
	readonly #onLook: () => void;
	#own: "none" | "tried" | "had" = "none";
	/** How often this window has tried to acquire the lease. */
	#tries = 0;
	#held: { readonly lock: HeldLock; readonly end: () => void } | undefined;
	#over: Promise<void> = Promise.resolve();
	#isElsewhere = false;
	#isDisposed = false;
	#nextLook: Disposable | undefined;

	/** @param onLook called when it is time to check again who holds the lease */
	constructor(parts: AnswerRightParts, file: string, onLook: () => void) {
		this.#parts = parts;
		this.#file = file;
		this.#onLook = onLook;
	}

	/** Whether another window held the lease at the last check. */
	get isElsewhere(): boolean {
		return this.#isElsewhere;
	}

	/** Resolves when all leases that this window requested so far are released. Never rejects. */
	get whenOver(): Promise<void> {
		return this.#over;
	}

	/** Checks who holds the lease. @returns whether that has changed */
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
	 * Acquires the lease. Waits until this window has released an earlier one.
	 *
	 * @param beforeRelease awaited after the lease is disposed, before other windows can acquire it
	 * @returns `undefined` if another window holds the lease
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

	/** Releases the lease at once, even if records are unsaved. */
	dispose(): void {
		this.#isDisposed = true;
		this.#nextLook?.dispose();
		void this.#letGo();
	}

	/** Acquires the lock. If the disk cannot have lock files, answers are generated without one. */
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
			// The caller may write the outcome just after disposing the lease.
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
