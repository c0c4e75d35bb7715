import type { InferenceFailure } from "../protocol/failure";

export type DownloadCause = Extract<InferenceFailure, { kind: "downloadFailed" }>["cause"];

const unreachableCodes = new Set([
	"ENOTFOUND",
	"EAI_AGAIN",
	"ECONNREFUSED",
	"ECONNRESET",
	"EHOSTUNREACH",
	"ENETUNREACH",
	"ETIMEDOUT",
	"UND_ERR_CONNECT_TIMEOUT",
	"UND_ERR_SOCKET",
]);

/** @returns what an HTTP status says about a model, or `undefined` for success. */
export function causeOfStatus(status: number): DownloadCause | undefined {
	if (status >= 200 && status < 300) {
		return undefined;
	}
	if (status === 401 || status === 403) {
		return "forbidden";
	}
	// Hugging Face answers 400 where a repository has no such quantization.
	return status === 404 || status === 410 || status === 400 ? "notFound" : "other";
}

/** Names what an error of Node's, of `fetch` or of the downloader means; looks through the errors that wrap it. */
export function causeOfError(error: unknown): DownloadCause {
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		if ("statusCode" in inner && typeof inner.statusCode === "number") {
			return causeOfStatus(inner.statusCode) ?? "other";
		}
		const code = "code" in inner ? inner.code : undefined;
		if (code === "ENOSPC" || code === "EDQUOT") {
			return "diskFull";
		}
		if (inner.name === "TimeoutError" || (typeof code === "string" && unreachableCodes.has(code))) {
			return "unreachable";
		}
	}
	return "other";
}

/** @returns the words of an error, the innermost cause last: `fetch` itself says only "fetch failed". */
export function wordsOfError(error: unknown): string {
	const words: string[] = [];
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		words.push(inner.message);
	}
	return words.length > 0 ? words.join(": ") : String(error);
}
