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
 * Hears of a crash.
 *
 * @param texts what was said, of which the crash's last lines may hold something; nothing of it is to be kept
 */
export type OnCrash = (crash: EngineCrash, texts: readonly string[]) => void;

export interface CrashRecorderOptions {
	readonly activity: EngineActivity;
	readonly clock: Clock;
	readonly onCrash: OnCrash;
}

/** Puts together what is known of a crash in the moment it is noticed. */
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
