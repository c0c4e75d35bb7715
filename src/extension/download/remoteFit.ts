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

/** How much of the file to read, in steps. A header grows with the vocabulary: most take 1 to 10 MB. */
const headerBytes = [1, 12, 48].map((mebibytes) => mebibytes * 1024 * 1024);

/** Causes that would make the download fail too. They are reported before the user is asked to agree. */
const decisive: readonly DownloadCause["kind"][] = [
	"tokenNeeded",
	"tokenRefused",
	"tokenUnsafe",
	"notFound",
	"redirectRefused",
	"tlsFailed",
	"processCrashed",
];
/** Causes that may not affect another folder. */
const local: readonly DownloadCause["kind"][] = ["diskFull", "folderUnwritable", "fileRemoved"];
/** The longest wait for an estimate, in milliseconds. After that, the user is asked without one. */
const patienceMs = 30_000;

export interface RemoteFitParts {
	readonly child: DownloadProcess;
	/** Makes the estimate from a file that contains the beginning of the model's file. */
	readonly estimate: (path: string) => Promise<ModelFit>;
	readonly log: Log;
}

type Remote = Pick<RemoteLocation, "fileName" | "totalBytes">;

/**
 * Downloads the beginning of a model's file and estimates from it how the model would run on this machine.
 *
 * @returns `undefined` if there is no estimate for any other reason; the model can still be downloaded
 * @throws {FailureError} if the host refuses the file, or if the file is not a chat model
 * @throws the signal's reason if it is aborted
 */
export async function estimateRemoteFit(
	parts: RemoteFitParts,
	model: ModelToFetch,
	remote: Remote,
	signal: AbortSignal,
): Promise<ModelFit | undefined> {
	const inTime = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
	// The temporary folder may be missing or full. The second folder is the one that the model goes to.
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
			parts.log.warn(
				`could not estimate the fit with a header in ${folder}: ${describeError(error)}`,
			);
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
		// The copy keeps the model's name, which decides the kind of model if the header does not.
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
		// If this fails, the system cleans up its temporary folder.
		await rm(folder, { recursive: true, force: true }).catch(() => undefined);
	}
}

/**
 * Returns "incomplete" if the file ends before its header does; `undefined` if it cannot be read for another reason.
 *
 * @throws {FailureError} `notChatModel`, so that nobody downloads a model that cannot chat
 */
function incomplete(error: unknown, fileName: string): "incomplete" | undefined {
	const failure = failureIn(error);
	if (!failure) {
		throw error;
	}
	if (failure.kind === "notChatModel") {
		throw new FailureError({ ...failure, path: fileName });
	}
	// Other failures do not prevent the download: loading the model reports them.
	return failure.kind === "modelTruncated" ? "incomplete" : undefined;
}
