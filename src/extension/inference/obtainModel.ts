import type { FetchProgress } from "../../protocol/download/fetchProgress";
import type { ModelFit } from "../../protocol/inference/modelFit";

/** What finding a model needs of whoever is to load it. */
export interface ObtainHooks {
	/** Settles once models can be run at all. Rejects with a {FailureError} if they cannot: nothing need be fetched then. */
	readonly ready: Promise<unknown>;
	/** Tells how a model would run here, from the beginning of its file. @throws {FailureError} */
	readonly estimateFit: (path: string) => Promise<ModelFit>;
	readonly onProgress: (progress: FetchProgress) => void;
}

/**
 * Finds the file that an address names, on this machine or on its host.
 *
 * @returns its path, or `undefined` if aborted or declined.
 * @throws {FailureError}
 */
export type ObtainModel = (
	uri: string,
	hooks: ObtainHooks,
	signal: AbortSignal,
) => Promise<string | undefined>;
