import { FailureError } from "../protocol/failureError";
import { toDownloadError } from "./downloadError";

/** Where something is fetched from and to, for the words about its failure. */
export interface Way {
	readonly host: string;
	readonly directory: string;
}

/**
 * Does `work` and turns what it throws into a failure that names the host.
 *
 * @throws {FailureError} `downloadFailed`
 * @throws the signal's reason if it is aborted
 */
export async function explained<R>(
	{ host, directory }: Way,
	signal: AbortSignal,
	work: () => Promise<R>,
): Promise<R> {
	try {
		return await work();
	} catch (error) {
		signal.throwIfAborted();
		const { downloadCause: cause, message: detail } = toDownloadError(error, directory);
		throw new FailureError({ kind: "downloadFailed", host, cause, detail });
	}
}

/** Does `work`. @returns `undefined` if it was aborted. */
export async function unlessAborted<R>(
	signal: AbortSignal,
	work: () => Promise<R>,
): Promise<R | undefined> {
	try {
		return await work();
	} catch (error) {
		if (signal.aborted) {
			return undefined;
		}
		throw error;
	}
}
