import type { Clock } from "../base/clock";
import type { Log } from "../base/log";
import type { OnCrash } from "./restart/crashRecorder";
import type { LoadedModels } from "./loadedModels";
import type { LocalModelSettings } from "./modelSettings";
import type { ObtainModel } from "./obtainModel";

/** A model that another window holds, and that is about to be loaded again. */
export interface SecondCopy {
	readonly modelName: string;
	/** That the first copy takes. */
	readonly memoryBytes: number;
	/** Of main memory. */
	readonly freeBytes: number;
}

/** What a `LocalBackend` is made with. */
export interface LocalLanguageModelParts {
	/** The bundle that serves the inference protocol. */
	readonly modulePath: string;
	/** A folder with packages that were added to the engine. */
	readonly addedPackages?: string;
	/** A folder for states of what was evaluated; without it none is kept. */
	readonly promptCacheFolder?: string;
	/** What a state must spare of evaluating to be kept or used, in milliseconds; 1000 unless given. */
	readonly leastCacheGainMs?: number;
	/** Read at each `prepare` and `settingsChanged`. */
	readonly settings: () => LocalModelSettings;
	readonly obtainModel: ObtainModel;
	/** What the windows of this machine have loaded. */
	readonly loadedModels: LoadedModels;
	/** Tells how many bytes of main memory are free; the system's own count unless given. */
	readonly freeMemory?: () => number;
	/** Asked before a large model is loaded that another window holds. Resolves with whether the person agreed. */
	readonly confirmSecondCopy: (copy: SecondCopy) => Promise<boolean>;
	/** A text that changes with the GPU's driver. */
	readonly driverFingerprint: () => Promise<string>;
	/** Tells when a process crashed. */
	readonly clock: Clock;
	/** Keeps what is known of a crash. */
	readonly onCrash: OnCrash;
	readonly log: Log;
	/** How long a cancelled request may take to settle before its process is ended, in milliseconds; 2000 unless given. */
	readonly stopBoundMs?: number;
}
