import { setTimeout } from "node:timers/promises";
import type { Response } from "undici";
import type { DownloadActivity } from "../../protocol/download/fetchProgress";
import { DownloadError, toDownloadError } from "../downloadError";
import type { HttpClient } from "../network/httpClient";
import type { PartFile } from "./partFile";
import type { RemoteFile } from "../remoteModel";

export interface FetchFileOptions {
	readonly http: HttpClient;
	/** Delays after the first, second, … consecutive attempt that received nothing, in milliseconds. */
	readonly retryDelaysMs: readonly number[];
	/** The folder to name when writing fails. */
	readonly directory: string;
	readonly onActivity: (activity: DownloadActivity, why: string) => void;
	readonly onReceived: () => void;
	readonly signal: AbortSignal;
}

/**
 * Fetches the bytes of `file` that `part` is missing. Resumes when a connection breaks, as long as attempts receive
 * something.
 *
 * @throws {DownloadError} when retrying cannot help
 */
export async function fetchFile(
	file: RemoteFile,
	part: PartFile,
	options: FetchFileOptions,
): Promise<void> {
	const { retryDelaysMs, directory, onActivity, signal } = options;
	let inVain = 0;
	while (part.bytes < file.bytes) {
		const before = part.bytes;
		try {
			onActivity("receiving", "");
			await attempt(file, part, options);
		} catch (error) {
			signal.throwIfAborted();
			const failure = toDownloadError(error, directory, file.bytes - part.bytes);
			inVain = part.bytes > before ? 0 : inVain + 1;
			const delayMs = retryDelaysMs[Math.max(0, inVain - 1)];
			if (!mayPass(failure) || delayMs === undefined) {
				throw failure;
			}
			onActivity("reconnecting", `${failure.downloadCause.kind}: ${failure.message}`);
			await setTimeout(Math.max(delayMs, failure.retryAfterMs ?? 0), undefined, { signal });
		}
	}
}

/** Returns whether the same request may succeed later. */
function mayPass({ downloadCause }: DownloadError): boolean {
	return ["unreachable", "rateLimited", "serverError", "other"].includes(downloadCause.kind);
}

async function attempt(
	file: RemoteFile,
	part: PartFile,
	{ http, onReceived, signal }: FetchFileOptions,
): Promise<void> {
	const offset = part.bytes;
	const response = await http.get(file.url, {
		headers: {
			"accept-encoding": "identity",
			...(offset > 0 ? { range: `bytes=${offset}-` } : {}),
		},
		namedBy: file.namedBy,
		signal,
	});
	if (response.status === 416 || !response.body) {
		await response.body?.cancel();
		await part.restart();
		throw new DownloadError({ kind: "other" }, "The host has not the range that is missing.");
	}
	requireSize(response, file);
	// A server without support for ranges sends the whole file.
	let skipBytes = offset - firstByte(response);
	if (skipBytes < 0) {
		await response.body.cancel();
		throw new DownloadError({ kind: "other" }, "The host sent another range.");
	}
	for await (const received of response.body as AsyncIterable<Uint8Array>) {
		const chunk = received.subarray(Math.min(skipBytes, received.length));
		skipBytes -= received.length - chunk.length;
		if (part.bytes + chunk.length > file.bytes) {
			throw sizeMismatch(file, part.bytes + chunk.length);
		}
		await part.append(chunk);
		onReceived();
	}
	if (part.bytes < file.bytes) {
		throw new DownloadError({ kind: "unreachable" }, "The connection ended early.");
	}
}

function requireSize({ headers, status }: Response, file: RemoteFile): void {
	const stated =
		/\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1] ??
		(status === 200 ? headers.get("content-length") : null);
	if (stated !== null && Number(stated) !== file.bytes) {
		throw sizeMismatch(file, Number(stated));
	}
}

function firstByte({ headers, status }: Response): number {
	const first = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1];
	return status === 206 && first !== undefined ? Number(first) : 0;
}

function sizeMismatch({ bytes }: RemoteFile, receivedBytes: number): DownloadError {
	return new DownloadError({ kind: "sizeMismatch", expectedBytes: bytes, receivedBytes });
}
