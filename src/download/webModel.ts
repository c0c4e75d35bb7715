import { DownloadError } from "./downloadError";
import type { HttpClient } from "./network/httpClient";
import type { RemoteModel } from "./remoteModel";

/**
 * Looks a model up that a plain address names, by asking for its first byte.
 *
 * @param namedBy the address whose answer named this one; `undefined`: the person named it
 * @throws {DownloadError} `sizeUnknown`, and what the answer's status means.
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
	// "W/" would mean that it is only much like it.
	const etag = /^"([^"]+)"$/.exec(headers.get("etag") ?? "")?.[1];
	const file = { fileName, url, namedBy, bytes, checksum: undefined, etag };
	return { files: [file], license: undefined };
}
