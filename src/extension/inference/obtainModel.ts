import type { FetchProgress } from "../../protocol/download/fetchProgress";
import type { ModelFit } from "../../protocol/inference/modelFit";

/** What `ObtainModel` needs from the code that will load the model. */
export interface ObtainHooks {
	/**
	 * Resolves when the engine is ready. Rejects with a {FailureError} if it cannot run models; then a download is
	 * pointless.
	 */
	readonly ready: Promise<unknown>;
	/** Estimates from the beginning of a model file how the model fits this machine. @throws {FailureError} */
	readonly estimateFit: (path: string) => Promise<ModelFit>;
	readonly onProgress: (progress: FetchProgress) => void;
}

/**
 * Finds the file that an address names on this machine, or downloads it.
 *
 * @returns its path; `undefined` if aborted or declined
 * @throws {FailureError}
 */
export type ObtainModel = (
	uri: string,
	hooks: ObtainHooks,
	signal: AbortSignal,
) => Promise<string | undefined>;
