import type { InferenceFailure } from "../../../protocol/failure";
import { FailureError } from "../../../protocol/failureError";
import type { Clock } from "../../base/clock";
import type { Log } from "../../base/log";
import { RestartPolicy } from "./restartPolicy";

export interface RestarterOptions {
	readonly clock: Clock;
	readonly log: Log;
}

/** One restart, from the decision to its end. */
class Restart {
	readonly abort = new AbortController();
	/** Why it did not come off, once that is known. */
	failure: InferenceFailure | undefined;
}

/**
 * Starts the process again by itself, and the model with it, as often as the policy lets it. What the process was asked
 * is not repeated: it may be what killed it.
 */
export class Restarter {
	readonly #options: RestarterOptions;
	#policy = RestartPolicy.fresh;
	#current: Restart | undefined;

	constructor(options: RestarterOptions) {
		this.#options = options;
	}

	/**
	 * Decides about a crash in the middle of work.
	 *
	 * @param restart starts the process and loads the model, when what runs has ended; called at once if that was decided
	 */
	afterCrash(restart: (signal: AbortSignal) => Promise<unknown>): "restarts" | "gaveUp" {
		const { clock, log } = this.#options;
		const { decision, next } = this.#policy.afterCrash(clock.nowMs());
		this.#policy = next;
		if (decision === "giveUp") {
			log.warn("the inference process crashed too often and is not started again by itself");
			return "gaveUp";
		}
		log.warn("the inference process is started again");
		void this.#begin(restart);
		return "restarts";
	}

	/** Ends a restart that is on its way. */
	cancel(): void {
		this.#current?.abort.abort();
		this.#current = undefined;
	}

	/**
	 * Makes a restart that is on its way the load that somebody asked for, who can stop it.
	 *
	 * @returns a question to be asked when it has ended: why it did not come off; `undefined` if it did, or there was none.
	 */
	join(signal: AbortSignal): () => InferenceFailure | undefined {
		const joined = this.#current;
		if (joined) {
			const stop = (): void => {
				joined.abort.abort();
			};
			if (signal.aborted) {
				stop();
			} else {
				signal.addEventListener("abort", stop, { once: true, signal: joined.abort.signal });
			}
		}
		return () => joined?.failure;
	}

	async #begin(restart: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
		this.cancel();
		const current = new Restart();
		this.#current = current;
		try {
			await restart(current.abort.signal);
		} catch (error) {
			// Told by the status already; nobody waits for it here.
			if (error instanceof FailureError && !current.abort.signal.aborted) {
				current.failure = error.failure;
			}
		} finally {
			if (this.#current === current) {
				this.#current = undefined;
			}
		}
	}
}
