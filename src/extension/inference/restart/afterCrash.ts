import type { CrashRecovery } from "../../../protocol/failure";
import { FailureError } from "../../../protocol/failureError";
import type { ModelInfo } from "../../../protocol/inference/model";
import type { ProcessExit } from "../../process/forkedProcess";
import { CrashRecorder, type CrashRecorderOptions } from "./crashRecorder";
import type { InferenceProcess } from "../inferenceProcess";
import type { LostModel, ModelHolder } from "../modelHolder";
import type { Restarter } from "./restarter";

export interface AfterCrashParts extends CrashRecorderOptions {
	readonly restarter: Pick<Restarter, "afterCrash">;
	readonly model: Pick<ModelHolder, "noteFailure">;
	/** Loads a model again, after the running work has ended. */
	readonly bringBack: (lost: ModelInfo, signal: AbortSignal) => Promise<unknown>;
}

/** Handles a crash: decides whether to restart, records the crash, and adds the decision to the errors of requests. */
export class AfterCrash {
	readonly #parts: AfterCrashParts;
	readonly #recorder: CrashRecorder;
	/** The decision about the last crash. */
	#recovery: CrashRecovery = "none";

	constructor(parts: AfterCrashParts) {
		this.#parts = parts;
		this.#recorder = new CrashRecorder(parts);
	}

	/** Handles the crash of a process that held the model `lost`. */
	crashed(child: InferenceProcess, exit: ProcessExit, lost: LostModel | undefined): void {
		this.#recovery = this.#recover(lost);
		this.#recorder.record(child, exit, lost?.info, this.#recovery);
	}

	/** Returns the error that ended a request. If it reports a crash, it then includes the decision about a restart. */
	told(error: unknown): unknown {
		if (!(error instanceof FailureError) || error.failure.kind !== "processCrashed") {
			return error;
		}
		const failure = { ...error.failure, recovery: this.#recovery };
		this.#parts.model.noteFailure(failure);
		return new FailureError(failure);
	}

	/** Decides about a restart, and begins it. Only a crash during an answer causes one. */
	#recover(lost: LostModel | undefined): CrashRecovery {
		const { activity, restarter, bringBack } = this.#parts;
		return lost?.isWanted && activity.isAnswering
			? restarter.afterCrash((signal) => bringBack(lost.info, signal))
			: "none";
	}
}
