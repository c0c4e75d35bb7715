import { FailureError } from "../protocol/failureError";
import { withoutSecrets } from "../protocol/text/withoutSecrets";
import { toDownloadError } from "./downloadError";
import { freeSpace } from "./file/freeSpace";

/** The source and the target of a request, for its failure message. */
export interface Way {
	readonly host: string;
	readonly directory: string;
	/** Texts that no failure message may contain. */
	readonly secrets: readonly string[];
}

/** Longest detail quoted from a server or library, in UTF-16 units. */
const longestDetail = 1000;

/**
 * Runs `work` and turns what it throws into a failure that names the host.
 *
 * @throws {FailureError} `downloadFailed`
 * @throws the signal's reason if it is aborted
 */
export async function explained<R>(
	{ host, directory, secrets }: Way,
	signal: AbortSignal,
	work: () => Promise<R>,
): Promise<R> {
	try {
		return await work();
	} catch (error) {
		signal.throwIfAborted();
		const { downloadCause, message } = toDownloadError(error, directory);
		const cause =
			downloadCause.kind === "diskFull" && downloadCause.freeBytes === null
				? { ...downloadCause, freeBytes: await freeSpace(downloadCause.directory) }
				: downloadCause;
		const detail = withoutSecrets(message, secrets).slice(0, longestDetail);
		throw new FailureError({ kind: "downloadFailed", host, cause, detail });
	}
}

/** Runs `work` and returns its result, or `undefined` if it was aborted. */
export async function undefinedIfAborted<R>(
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
