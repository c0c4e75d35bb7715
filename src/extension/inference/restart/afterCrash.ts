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
	/** Loads a model again, when what runs has ended. */
	readonly bringBack: (lost: ModelInfo, signal: AbortSignal) => Promise<unknown>;
}

/** What comes of a crash by itself: it is decided at once, recorded, and told to whoever waits for an answer. */
export class AfterCrash {
	readonly #parts: AfterCrashParts;
	readonly #recorder: CrashRecorder;
	/** Of the last crash. */
	#recovery: CrashRecovery = "none";

	constructor(parts: AfterCrashParts) {
		this.#parts = parts;
		this.#recorder = new CrashRecorder(parts);
	}

	/** The process has crashed, and with it went `lost`. */
	crashed(child: InferenceProcess, exit: ProcessExit, lost: LostModel | undefined): void {
		this.#recovery = this.#recover(lost);
		this.#recorder.record(child, exit, lost?.info, this.#recovery);
	}

	/** @returns the error that ended a request, with what comes of the crash where it tells of one. */
	told(error: unknown): unknown {
		if (!(error instanceof FailureError) || error.failure.kind !== "processCrashed") {
			return error;
		}
		const failure = { ...error.failure, recovery: this.#recovery };
		this.#parts.model.noteFailure(failure);
		return new FailureError(failure);
	}

	/** Begins what it decides. A load is not repeated. */
	#recover(lost: LostModel | undefined): CrashRecovery {
		const { activity, restarter, bringBack } = this.#parts;
		return lost?.isWanted && activity.isAnswering
			? restarter.afterCrash((signal) => bringBack(lost.info, signal))
			: "none";
	}
}
