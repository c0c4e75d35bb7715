import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
	FetchHeader,
	type ModelToFetch,
	type RemoteLocation,
} from "../../protocol/download/download";
import type { DownloadCause } from "../../protocol/download/downloadFailure";
import type { InferenceFailure } from "../../protocol/failure";
import { FailureError, failureIn } from "../../protocol/failureError";
import type { ModelFit } from "../../protocol/inference/modelFit";
import { describeError, type Log } from "../base/log";
import { unlessAborted } from "../base/unlessAborted";
import type { DownloadProcess } from "./downloadProcess";

/** Headers are as large as the model's vocabulary: most have 1 to 10 MB. */
const headerBytes = [1, 12, 48].map((mebibytes) => mebibytes * 1024 * 1024);

/** With these the download itself would fail, which is better known before it is agreed to. */
const decisive: readonly DownloadCause["kind"][] = [
	"tokenNeeded",
	"tokenRefused",
	"tokenUnsafe",
	"notFound",
	"redirectRefused",
	"tlsFailed",
	"processCrashed",
];
/** With these another folder is worth a try. */
const local: readonly DownloadCause["kind"][] = ["diskFull", "folderUnwritable", "fileRemoved"];
/** Longest wait for an estimate, in milliseconds: the question comes without it then. */
const patienceMs = 30_000;

export interface RemoteFitParts {
	readonly child: DownloadProcess;
	/** Makes the estimate from a file that holds the beginning of the model's. */
	readonly estimate: (path: string) => Promise<ModelFit>;
	readonly log: Log;
}

type Remote = Pick<RemoteLocation, "fileName" | "totalBytes">;

/**
 * Estimates how a model would run here from the beginning of its file on its host.
 *
 * @returns `undefined` where it cannot be told, for whatever reason: that keeps nobody from downloading it.
 * @throws {FailureError} if its host does not give the file, or if it holds no model to chat with
 * @throws the signal's reason if it is aborted
 */
export async function estimateRemoteFit(
	parts: RemoteFitParts,
	model: ModelToFetch,
	remote: Remote,
	signal: AbortSignal,
): Promise<ModelFit | undefined> {
	const inTime = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
	// The second is where the model itself will lie: the temporary folder may be missing or full.
	for (const folder of [tmpdir(), model.directory]) {
		try {
			const fit = await estimateIn(folder, parts, model, remote, inTime);
			signal.throwIfAborted();
			return fit;
		} catch (error) {
			signal.throwIfAborted();
			const failure = failureIn(error);
			if (failure && isDecisive(failure)) {
				throw error;
			}
			parts.log.warn(`no estimate by way of ${folder}: ${describeError(error)}`);
			if (failure?.kind === "downloadFailed" && !local.includes(failure.cause.kind)) {
				return undefined;
			}
		}
	}
	return undefined;
}

function isDecisive(failure: InferenceFailure): boolean {
	return (
		failure.kind === "notChatModel" ||
		(failure.kind === "downloadFailed" && decisive.includes(failure.cause.kind))
	);
}

async function estimateIn(
	parent: string,
	{ child, estimate }: RemoteFitParts,
	model: ModelToFetch,
	{ fileName, totalBytes }: Remote,
	signal: AbortSignal,
): Promise<ModelFit | undefined> {
	const folder = await mkdtemp(path.join(parent, "local-llm-header-"));
	try {
		// Called as the model is: where its header leaves the kind open, its name tells.
		const file = path.join(folder, path.basename(fileName));
		for (const bytes of headerBytes) {
			await child.request(FetchHeader, { ...model, bytes, path: file }, signal);
			const answer = estimate(file).catch((error: unknown) => incomplete(error, fileName));
			const fit = await unlessAborted(answer, signal);
			if (fit !== "incomplete") {
				return fit;
			}
			if (bytes >= totalBytes) {
				return undefined;
			}
		}
		return undefined;
	} finally {
		// What remains is the system's to clean up.
		await rm(folder, { recursive: true, force: true }).catch(() => undefined);
	}
}

/** @throws {FailureError} `notChatModel`: nobody wants to wait for a download that cannot be used */
function incomplete(error: unknown, fileName: string): "incomplete" | undefined {
	const failure = failureIn(error);
	if (!failure) {
		throw error;
	}
	if (failure.kind === "notChatModel") {
		throw new FailureError({ ...failure, path: fileName });
	}
	// The download is not to fail for what it cannot tell: loading will.
	return failure.kind === "modelTruncated" ? "incomplete" : undefined;
}
