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
	/** Why the restart failed; `undefined` if it did not, or has not ended yet. */
	failure: InferenceFailure | undefined;
}

/**
 * Restarts the process and reloads the model automatically, as often as the policy allows. The request that was running
 * is not repeated, because it may have caused the crash.
 */
export class Restarter {
	readonly #options: RestarterOptions;
	#policy = RestartPolicy.fresh;
	#current: Restart | undefined;

	constructor(options: RestarterOptions) {
		this.#options = options;
	}

	/**
	 * Decides about a crash during an answer.
	 *
	 * @param restart starts the process and loads the model, after the running work has ended; called at once if the
	 * decision is to restart
	 */
	afterCrash(restart: (signal: AbortSignal) => Promise<unknown>): "restarts" | "gaveUp" {
		const { clock, log } = this.#options;
		const { decision, next } = this.#policy.afterCrash(clock.nowMs());
		this.#policy = next;
		if (decision === "giveUp") {
			log.warn("the inference process crashed too often and is not restarted automatically");
			return "gaveUp";
		}
		log.warn("the inference process is restarted");
		void this.#begin(restart);
		return "restarts";
	}

	/** Cancels a running restart. */
	cancel(): void {
		this.#current?.abort.abort();
		this.#current = undefined;
	}

	/**
	 * Ties a running restart to a request for the model: aborting `signal` then cancels the restart.
	 *
	 * @returns a function to call after the restart has ended: it returns why the restart failed; `undefined` if it did not
	 * fail, or if no restart was running
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
			// The status already shows the failure, and no caller waits for it here.
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
