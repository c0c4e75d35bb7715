import { stat } from "node:fs/promises";
import path from "node:path";
import type { WriteLog } from "../../child/hostConnection";
import type { DownloadActivity } from "../../protocol/download/fetchProgress";
import { DownloadError } from "../downloadError";
import { fetchFile } from "./fetchFile";
import { holdLock } from "./fileLock";
import type { HttpClient } from "../network/httpClient";
import { PartFile, receivedBytes } from "./partFile";
import type { RemoteFile } from "../remoteModel";
import { hashOf } from "./verifyFile";

export interface ObtainFileOptions {
	readonly http: HttpClient;
	/** Delays between attempts that receive nothing, in milliseconds. */
	readonly retryDelaysMs: readonly number[];
	readonly log: WriteLog;
	/** `bytes` counts the bytes of the file that are on disk or, while verifying, have been verified. */
	readonly onProgress: (activity: DownloadActivity, bytes: number) => void;
	readonly signal: AbortSignal;
}

/**
 * Makes sure that `file` is at `target`, verified. Its folder must exist. While another process fetches the file, this
 * one waits, and takes over if that process gives up.
 *
 * @throws {DownloadError}
 * @throws the signal's reason if it is aborted
 */
export async function obtainFile(
	target: string,
	file: RemoteFile,
	options: ObtainFileOptions,
): Promise<void> {
	const { onProgress, signal } = options;
	for (;;) {
		const tellOthersProgress = async (): Promise<void> => {
			onProgress("waiting", await presentBytes(target, file));
		};
		const lock = await holdLock(target, tellOthersProgress, signal);
		try {
			if (!(await isThere(target, file.bytes))) {
				const either = AbortSignal.any([signal, lock.lost]);
				await receive(target, file, { ...options, signal: either });
			}
			return;
		} catch (error) {
			if (signal.aborted || !lock.lost.aborted) {
				throw error;
			}
		} finally {
			await lock.release();
		}
	}
}

/** Returns how many bytes of a file are on this machine. */
export async function presentBytes(target: string, file: RemoteFile): Promise<number> {
	return (await isThere(target, file.bytes)) ? file.bytes : receivedBytes(target, file);
}

/** Fetches and verifies a file, then gives it its final name. */
async function receive(
	target: string,
	file: RemoteFile,
	{ http, retryDelaysMs, log, onProgress, signal }: ObtainFileOptions,
): Promise<void> {
	const part = await PartFile.open(target, file);
	log("info", `fetching ${file.fileName}: ${part.bytes} of ${file.bytes} bytes are here`);
	try {
		await fetchFile(file, part, {
			http,
			retryDelaysMs,
			directory: path.dirname(target),
			onActivity: (activity, why) => {
				if (why !== "") {
					log("warn", `fetching ${file.fileName}: ${why}`);
				}
				onProgress(activity, part.bytes);
			},
			onReceived: () => {
				onProgress("receiving", part.bytes);
			},
			signal,
		});
	} finally {
		await part.close();
	}
	if (file.checksum !== undefined) {
		const { algorithm, digest } = file.checksum;
		const onVerified = (bytes: number): void => {
			onProgress("verifying", bytes);
		};
		if ((await hashOf(part.path, algorithm, onVerified, signal)) !== digest) {
			throw new DownloadError({ kind: "checksumMismatch", path: await part.setAside() });
		}
	}
	await part.complete();
	log("info", `fetched ${file.fileName}`);
}

async function isThere(target: string, bytes: number): Promise<boolean> {
	return (await stat(target).catch(() => undefined))?.size === bytes;
}
