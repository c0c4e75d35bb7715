import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Checksum } from "../remoteModel";

/**
 * Returns the hash of a file in hexadecimal digits.
 *
 * @param onVerified called with the number of bytes read so far
 */
export async function hashOf(
	path: string,
	algorithm: Checksum["algorithm"],
	onVerified: (bytes: number) => void,
	signal: AbortSignal,
): Promise<string> {
	const hash = createHash(algorithm);
	let bytes = 0;
	const stream = createReadStream(path, { highWaterMark: 1024 * 1024, signal });
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		hash.update(chunk);
		bytes += chunk.length;
		onVerified(bytes);
	}
	return hash.digest("hex");
}
