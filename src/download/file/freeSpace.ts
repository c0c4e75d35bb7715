import { constants } from "node:fs";
import { access, mkdir, statfs } from "node:fs/promises";
import { DownloadError, toDownloadError } from "../downloadError";

/**
 * Returns the free bytes in `directory`, which is created if missing; `null` where the system does not report them,
 * which does not prevent a download.
 *
 * @throws {DownloadError} `folderUnwritable`, or `diskFull` if there is no room for `missingBytes` and the reserve
 */
export async function requireSpace(
	directory: string,
	missingBytes: number,
	reserveBytes: number,
): Promise<number | null> {
	await requireWritable(directory);
	const freeBytes = await freeSpace(directory);
	const requiredBytes = missingBytes + reserveBytes;
	if (freeBytes !== null && requiredBytes > freeBytes) {
		throw new DownloadError({
			kind: "diskFull",
			requiredBytes,
			freeBytes,
			directory,
			hasBegun: false,
		});
	}
	return freeBytes;
}

/** Returns the free bytes on a folder's disk; `null` where the system does not report them. */
export async function freeSpace(directory: string): Promise<number | null> {
	try {
		const { bavail, bsize, blocks } = await statfs(directory);
		// Some network and user-space file systems report 0 for every figure.
		return blocks > 0 ? bavail * bsize : null;
	} catch {
		return null;
	}
}

async function requireWritable(directory: string): Promise<void> {
	try {
		await mkdir(directory, { recursive: true });
		await access(directory, constants.W_OK);
	} catch (error) {
		const { downloadCause, message } = toDownloadError(error, directory);
		throw new DownloadError(
			downloadCause.kind === "diskFull" ? downloadCause : { kind: "folderUnwritable", directory },
			message,
		);
	}
}
