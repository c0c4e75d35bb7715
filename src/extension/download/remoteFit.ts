import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FetchHeader, type ModelToFetch, type RemoteLocation } from "../../protocol/download";
import { FailureError } from "../../protocol/failureError";
import type { ModelFit } from "../../protocol/modelFit";
import type { DownloadProcess } from "./downloadProcess";

/** Headers are as large as the model's vocabulary: most have 1 to 10 MB. */
const headerBytes = [1, 12, 48].map((mebibytes) => mebibytes * 1024 * 1024);

/**
 * Estimates how a model would run here from the beginning of its file on its host.
 *
 * @param estimate from a file that holds the beginning
 * @returns `undefined` where it cannot be told, which keeps nobody from downloading it.
 * @throws {FailureError} if its host does not give the file, or if it holds no model to chat with
 */
export async function estimateRemoteFit(
	child: DownloadProcess,
	model: ModelToFetch,
	{ fileName, totalBytes }: Pick<RemoteLocation, "fileName" | "totalBytes">,
	estimate: (path: string) => Promise<ModelFit>,
	signal: AbortSignal,
): Promise<ModelFit | undefined> {
	const folder = await mkdtemp(path.join(tmpdir(), "local-llm-header-"));
	try {
		// Called as the model is: where its header leaves the kind open, its name tells.
		const file = path.join(folder, path.basename(fileName));
		for (const bytes of headerBytes) {
			await child.request(FetchHeader, { ...model, bytes, path: file }, signal);
			const fit = await estimate(file).catch((error: unknown) => incomplete(error, fileName));
			if (fit !== "incomplete") {
				return fit;
			}
			if (bytes >= totalBytes) {
				return undefined;
			}
		}
		return undefined;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** @throws {FailureError} `notChatModel`: nobody wants to wait for a download that cannot be used */
function incomplete(error: unknown, fileName: string): "incomplete" | undefined {
	if (!(error instanceof FailureError)) {
		throw error;
	}
	if (error.failure.kind === "notChatModel") {
		throw new FailureError({ ...error.failure, path: fileName });
	}
	// The download is not to fail for what it cannot tell: loading will.
	return error.failure.kind === "modelTruncated" ? "incomplete" : undefined;
}
