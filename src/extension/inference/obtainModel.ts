import { randomUUID } from "node:crypto";
import {
	DownloadModel,
	DownloadProgress,
	ResolveModel,
	type DownloadProgressParams,
} from "../../protocol/inference";
import type { InferenceProcess } from "./inferenceProcess";

/** What a person is told before a download. */
export interface DownloadQuestion {
	readonly fileName: string;
	readonly totalBytes: number;
	readonly host: string;
}

/** Asks whether to download; anything but `true` declines. */
export type ConfirmDownload = (question: DownloadQuestion) => Promise<boolean>;

/**
 * Finds the file that an address names, and downloads it after one question if it is not on this machine.
 *
 * @returns its path, or `undefined` if aborted or declined.
 * @throws {InferenceError}
 */
export async function obtainModel(
	child: InferenceProcess,
	params: { readonly uri: string; readonly directory: string },
	confirm: ConfirmDownload,
	onProgress: (progress: DownloadProgressParams) => void,
	signal: AbortSignal,
): Promise<string | undefined> {
	const resolved = await child.request(ResolveModel, params, signal);
	if (signal.aborted) {
		return undefined;
	}
	if (resolved.kind === "local") {
		return resolved.path;
	}
	const { fileName, totalBytes, host } = resolved;
	if (!(await unlessAborted(confirm({ fileName, totalBytes, host }), signal))) {
		return undefined;
	}
	onProgress({ receivedBytes: 0, totalBytes });
	const progressToken = randomUUID();
	const progress = child.onDidProgress(DownloadProgress, progressToken, onProgress);
	try {
		const file = await child.request(DownloadModel, { ...params, progressToken }, signal);
		return file?.path;
	} finally {
		progress.dispose();
	}
}

/** @returns what `question` resolves to, or `false` as soon as `signal` is aborted: a dialog cannot be closed. */
async function unlessAborted(question: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
	if (signal.aborted) {
		return false;
	}
	const ended = new AbortController();
	const aborted = new Promise<boolean>((resolve) => {
		signal.addEventListener(
			"abort",
			() => {
				resolve(false);
			},
			{ once: true, signal: ended.signal },
		);
	});
	try {
		return await Promise.race([question, aborted]);
	} finally {
		ended.abort();
	}
}
