import { setImmediate } from "node:timers/promises";
import type { Clock } from "../clock";
import type { AnswerLease } from "../conversation/chatLibrary";
import type { Disposable } from "../disposableStore";
import { describeError, type Log } from "../log";
import type { FileLocks, HeldLock } from "./fileLock";
import { codeOf } from "./fileSystem";

/** How often it is looked whether a window that generates is still there. */
const lookMs = 1000;

export interface AnswerRightParts {
	readonly locks: FileLocks;
	readonly clock: Clock;
	readonly log: Log;
}

/** Which window may generate in a conversation: one at a time. */
export class AnswerRight implements Disposable {
	readonly #parts: AnswerRightParts;
	readonly #file: string;
	readonly #onLook: () => void;
	#held: HeldLock | undefined;
	#released: Promise<void> = Promise.resolve();
	#isElsewhere = false;
	#nextLook: Disposable | undefined;

	/** @param onLook called while another window has the right, when it is time to look again */
	constructor(parts: AnswerRightParts, file: string, onLook: () => void) {
		this.#parts = parts;
		this.#file = file;
		this.#onLook = onLook;
	}

	/** As it was when somebody looked last. */
	get isElsewhere(): boolean {
		return this.#isElsewhere;
	}

	/** @returns whether it has changed who has the right. */
	async look(): Promise<boolean> {
		const isElsewhere =
			!this.#held && (await this.#parts.locks.isHeld(this.#file).catch(() => this.#isElsewhere));
		const isChanged = isElsewhere !== this.#isElsewhere;
		this.#isElsewhere = isElsewhere && !this.#held;
		this.#nextLook?.dispose();
		this.#nextLook = this.#isElsewhere ? this.#parts.clock.after(lookMs, this.#onLook) : undefined;
		return isChanged;
	}

	/**
	 * @param beforeRelease awaited when the lease has ended, before others may have it
	 * @returns `undefined` if another window has it.
	 */
	async take(beforeRelease: () => Promise<void>): Promise<AnswerLease | undefined> {
		await this.#released;
		if (this.#held) {
			return undefined;
		}
		const held = await this.#hold();
		if (!held) {
			return undefined;
		}
		this.#held = held;
		return {
			dispose: () => {
				if (this.#held === held) {
					this.#held = undefined;
					this.#released = this.#release(held, beforeRelease);
				}
			},
		};
	}

	dispose(): void {
		this.#nextLook?.dispose();
		const held = this.#held;
		this.#held = undefined;
		void held?.release();
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

	async #release(held: HeldLock, beforeRelease: () => Promise<void>): Promise<void> {
		try {
			// Whoever ends the lease may yet write how the answer ended.
			await setImmediate();
			await beforeRelease();
		} catch (error) {
			this.#parts.log.error(describeError(error));
		}
		await held.release();
	}
}
