import type { Log } from "../log";
import type { LocalModelSettings } from "./modelSettings";
import type { ObtainModel } from "./bringUpModel";

/** What a `LocalBackend` is made with. */
export interface LocalBackendOptions {
	/** The bundle that serves the inference protocol. */
	readonly modulePath: string;
	/** Read at each `prepare` and `settingsChanged`. */
	readonly settings: () => LocalModelSettings;
	readonly obtainModel: ObtainModel;
	/** A text that changes with the GPU's driver. */
	readonly driverFingerprint: () => Promise<string>;
	readonly log: Log;
	/** How long a cancelled request may take to settle before its process is ended, in milliseconds; 2000 unless given. */
	readonly stopBoundMs?: number;
}
