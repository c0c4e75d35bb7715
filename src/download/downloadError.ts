import type { DownloadCause } from "../protocol/downloadFailure";

/** A download, or what leads to one, cannot go on for a reason that people should know. */
export class DownloadError extends Error {
	override readonly name = "DownloadError";
	readonly downloadCause: DownloadCause;
	/** From the host: how long to wait before the next attempt, in milliseconds. */
	readonly retryAfterMs: number | undefined;

	/** @param detail what a program said about it; empty if nothing */
	constructor(downloadCause: DownloadCause, detail = "", retryAfterMs?: number) {
		super(detail);
		this.downloadCause = downloadCause;
		this.retryAfterMs = retryAfterMs;
	}
}

const tlsCode = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)|^EPROTO$/;
const networkCode =
	/^(?:E(?:NOTFOUND|AI_AGAIN|CONN\w+|HOSTUNREACH|NETUNREACH|TIMEDOUT|PIPE)|UND_ERR_\w+)$/;

/** @returns what an error of Node's or of a library means; looks through the errors that wrap it. */
export function toDownloadError(error: unknown, directory: string): DownloadError {
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		if (inner instanceof DownloadError) {
			return inner;
		}
		const cause = causeOfCode("code" in inner ? String(inner.code) : "", directory);
		if (cause) {
			return new DownloadError(cause, wordsOf(error));
		}
	}
	return new DownloadError({ kind: "other" }, wordsOf(error));
}

function causeOfCode(code: string, directory: string): DownloadCause | undefined {
	switch (code) {
		case "ENOSPC":
		case "EDQUOT":
			return { kind: "diskFull", requiredBytes: 0, freeBytes: 0, directory };
		case "EACCES":
		case "EPERM":
		case "EROFS":
			return { kind: "folderUnwritable", directory };
		case "ENOENT":
			return { kind: "fileRemoved" };
		default:
			if (tlsCode.test(code)) {
				return { kind: "tlsFailed" };
			}
			return networkCode.test(code) ? { kind: "unreachable" } : undefined;
	}
}

/** @returns the words of an error, the innermost cause last: `fetch` itself says only "fetch failed". */
function wordsOf(error: unknown): string {
	const words: string[] = [];
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		words.push(inner.message);
	}
	return words.length > 0 ? words.join(": ") : String(error);
}
