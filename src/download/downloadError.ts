import path from "node:path";
import type { DownloadCause } from "../protocol/download/downloadFailure";

/** A download, or a step before it, that failed for a reason the user should know. */
export class DownloadError extends Error {
	override readonly name = "DownloadError";
	readonly downloadCause: DownloadCause;
	/** How long the server asks to wait before the next attempt, in milliseconds. */
	readonly retryAfterMs: number | undefined;

	/** @param detail what a program reported about the error; empty if nothing */
	constructor(downloadCause: DownloadCause, detail = "", retryAfterMs?: number) {
		super(detail);
		this.downloadCause = downloadCause;
		this.retryAfterMs = retryAfterMs;
	}
}

const tlsCode = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)|^EPROTO$/;
const networkCode =
	/^(?:E(?:NOTFOUND|AI_AGAIN|CONN\w+|HOSTUNREACH|NETUNREACH|TIMEDOUT|PIPE)|UND_ERR_\w+)$/;

/**
 * Returns what an error of Node or of a library means. Follows the chain of causes.
 *
 * @param directory the download folder
 * @param missingBytes how many bytes were still to be written there; 0 if nothing was being written yet
 */
export function toDownloadError(
	error: unknown,
	directory: string,
	missingBytes = 0,
): DownloadError {
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		if (inner instanceof DownloadError) {
			return inner;
		}
		const cause = causeOf(inner, directory, missingBytes);
		if (cause) {
			return new DownloadError(cause, wordsOf(error));
		}
	}
	return new DownloadError({ kind: "other" }, wordsOf(error));
}

function causeOf(
	error: NodeJS.ErrnoException,
	downloads: string,
	missingBytes: number,
): DownloadCause | undefined {
	const directory = folderOf(error, downloads);
	const { code = "" } = error;
	switch (code) {
		case "ENOSPC":
		case "EDQUOT":
			return {
				kind: "diskFull",
				requiredBytes: missingBytes,
				freeBytes: null,
				directory,
				hasBegun: true,
			};
		case "EACCES":
		case "EPERM":
		case "EROFS":
		case "ENOTDIR":
			return { kind: "folderUnwritable", directory };
		case "ENOENT":
			return directory === downloads
				? { kind: "fileRemoved" }
				: { kind: "folderUnwritable", directory };
		default:
			if (tlsCode.test(code)) {
				return { kind: "tlsFailed" };
			}
			return networkCode.test(code) ? { kind: "unreachable" } : undefined;
	}
}

/** Returns the folder that is not writable: `downloads`, or another one that the error names. */
function folderOf({ path: file }: NodeJS.ErrnoException, downloads: string): string {
	if (file === undefined) {
		return downloads;
	}
	const below = path.relative(downloads, file);
	const isInside = below.split(path.sep)[0] !== ".." && !path.isAbsolute(below);
	return isInside ? downloads : path.dirname(file);
}

/** Returns the messages of an error and its causes, the innermost last. `fetch` itself says only "fetch failed". */
function wordsOf(error: unknown): string {
	const words: string[] = [];
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		words.push(inner.message);
	}
	return words.length > 0 ? words.join(": ") : String(error);
}
