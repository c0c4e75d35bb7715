import { DownloadError } from "./downloadError";
import type { HttpClient } from "./network/httpClient";
import type { RemoteModel } from "./remoteModel";

/**
 * Looks up the model at a web address by requesting its first byte.
 *
 * @param namedBy the address whose response named this one; `undefined` if the user named it
 * @throws {DownloadError} `sizeUnknown`, or a failure for the response's status
 */
export async function describeWebModel(
	url: string,
	fileName: string,
	http: HttpClient,
	signal: AbortSignal,
	namedBy?: string,
): Promise<RemoteModel> {
	const response = await http.get(url, { headers: { range: "bytes=0-0" }, namedBy, signal });
	await response.body?.cancel();
	const { headers } = response;
	const total =
		/\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1] ??
		(response.status === 200 ? headers.get("content-length") : null);
	const bytes = Number(total ?? Number.NaN);
	if (!Number.isSafeInteger(bytes) || bytes <= 0) {
		throw new DownloadError({ kind: "sizeUnknown" }, "The answer has no length.");
	}
	// Skips weak ETags ("W/"), which identify only similar content.
	const etag = /^"([^"]+)"$/.exec(headers.get("etag") ?? "")?.[1];
	const file = { fileName, url, namedBy, bytes, checksum: undefined, etag };
	return { files: [file], license: undefined };
}
