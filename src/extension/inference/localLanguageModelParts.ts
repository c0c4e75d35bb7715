import type { Clock } from "../base/clock";
import type { Log } from "../base/log";
import type { OnCrash } from "./restart/crashRecorder";
import type { LoadedModels } from "./loadedModels";
import type { LocalModelSettings } from "./modelSettings";
import type { ObtainModel } from "./obtainModel";

/** A model that another window has loaded, and that this window is about to load too. */
export interface SecondCopy {
	readonly modelName: string;
	/** The memory that the first copy takes: main memory and GPU memory together. */
	readonly memoryBytes: number;
	/** The main memory that is free. */
	readonly freeBytes: number;
}

/** The parts that a `LocalLanguageModel` is constructed from. */
export interface LocalLanguageModelParts {
	/** The bundle that serves the inference protocol. */
	readonly modulePath: string;
	/** A folder with packages that extend the engine. */
	readonly addedPackages?: string;
	/** The folder of the prompt cache. Without it, no prompts are cached. */
	readonly promptCacheFolder?: string;
	/** The least prefill time that a cached prompt must save to be kept or used, in milliseconds. Default: 1000. */
	readonly leastCacheGainMs?: number;
	/** Returns the current settings. Called at each `prepare` and `settingsChanged`. */
	readonly settings: () => LocalModelSettings;
	readonly obtainModel: ObtainModel;
	/** The models that the windows of this machine have loaded. */
	readonly loadedModels: LoadedModels;
	/** Returns the free main memory, in bytes. Default: `os.freemem`. */
	readonly freeMemory?: () => number;
	/** Asks before loading a large model that another window has already loaded. Resolves with whether the user agreed. */
	readonly confirmSecondCopy: (copy: SecondCopy) => Promise<boolean>;
	/** Returns a text that changes with the GPU's driver. */
	readonly driverFingerprint: () => Promise<string>;
	/** The clock that dates crashes. */
	readonly clock: Clock;
	/** Records a crash. */
	readonly onCrash: OnCrash;
	readonly log: Log;
	/** How long a canceled request may take to settle before its process is killed, in milliseconds. Default: 2000. */
	readonly stopBoundMs?: number;
}
