import type { EngineCrash } from "../../../protocol/inference/crashReport";
import { describeDevice } from "../../../wording/describeDevice";
import { describeDeviceReasons } from "../../../wording/describeDeviceReason";
import type { CrashRecovery } from "../../../protocol/failure";
import type { ModelInfo } from "../../../protocol/inference/model";
import type { Clock } from "../../base/clock";
import type { ProcessExit } from "../../process/forkedProcess";
import type { EngineActivity } from "../engineActivity";
import type { InferenceProcess } from "../inferenceProcess";

/**
 * Called when the process has crashed.
 *
 * @param texts the text of the conversation, which the last lines of the crash may contain; none of it may be stored
 */
export type OnCrash = (crash: EngineCrash, texts: readonly string[]) => void;

export interface CrashRecorderOptions {
	readonly activity: EngineActivity;
	readonly clock: Clock;
	readonly onCrash: OnCrash;
}

/** Collects the details of a crash when it is detected. */
export class CrashRecorder {
	readonly #options: CrashRecorderOptions;
	#crashes = 0;

	constructor(options: CrashRecorderOptions) {
		this.#options = options;
	}

	record(
		{ crashId, uptimeMs, lastLines, versions }: InferenceProcess,
		{ exitCode, signal }: ProcessExit,
		model: ModelInfo | undefined,
		recovery: CrashRecovery,
	): void {
		const { activity, clock, onCrash } = this.#options;
		this.#crashes += 1;
		onCrash(
			{
				id: crashId,
				atMs: clock.nowMs(),
				exitCode,
				signal,
				uptimeMs,
				phase: activity.phase,
				request: activity.request,
				model: model && {
					name: model.name,
					fileBytes: model.fileBytes,
					architecture: model.architecture,
					contextTokens: model.contextTokens,
					device: describeDevice(model.device),
					deviceReason: describeDeviceReasons(model.deviceReasons),
				},
				lastLines: [...lastLines],
				crashes: this.#crashes,
				recovery,
				versions,
			},
			activity.texts,
		);
	}
}
