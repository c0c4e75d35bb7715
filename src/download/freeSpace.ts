import { mkdir, statfs } from "node:fs/promises";
import { DownloadError } from "./downloadError";

/**
 * @param directory made if need be
 * @returns the bytes that are free there.
 * @throws {DownloadError} `diskFull` if they are not enough for `missingBytes` and the reserve
 */
export async function requireSpace(
	directory: string,
	missingBytes: number,
	reserveBytes: number,
): Promise<number> {
	await mkdir(directory, { recursive: true });
	const { bavail, bsize } = await statfs(directory);
	const freeBytes = bavail * bsize;
	const requiredBytes = missingBytes + reserveBytes;
	if (requiredBytes > freeBytes) {
		throw new DownloadError({ kind: "diskFull", requiredBytes, freeBytes, directory });
	}
	return freeBytes;
}
