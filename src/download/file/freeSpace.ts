import { constants } from "node:fs";
import { access, mkdir, statfs } from "node:fs/promises";
import { DownloadError, toDownloadError } from "../downloadError";

/**
 * @param directory made if need be
 * @returns the bytes that are free there; `null` where the system does not tell, which keeps nobody from a download.
 * @throws {DownloadError} `folderUnwritable`, or `diskFull` if they are not enough for `missingBytes` and the reserve
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

/** @returns the bytes that are free on a folder's disk; `null` where the system does not tell. */
export async function freeSpace(directory: string): Promise<number | null> {
	try {
		const { bavail, bsize, blocks } = await statfs(directory);
		// Some file systems of networks and of user space have figures for none of it.
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
