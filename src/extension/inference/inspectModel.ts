import { InspectModel } from "../../protocol/inference/inference";
import type { ModelDetails } from "../../protocol/inference/model";
import type { Log } from "../base/log";
import { ProcessEnded } from "../process/forkedProcess";
import { InferenceProcess } from "./inferenceProcess";

/**
 * Reads the details of a model from its files, in a separate process that loads no model. A running answer does not
 * delay it, and a malicious file can harm only that process.
 *
 * @param modulePath the bundle that serves the inference protocol
 * @returns `undefined` if aborted
 * @throws {FailureError} `modelFileMissing`, `notGguf`, `modelTruncated`, `modelUnreadable`
 */
export async function inspectModel(
	modulePath: string,
	path: string,
	log: Log,
	signal: AbortSignal,
): Promise<ModelDetails | undefined> {
	if (signal.aborted) {
		return undefined;
	}
	const child = new InferenceProcess(modulePath, log);
	const end = (): void => {
		// A read from a drive that does not answer cannot be canceled.
		child.dispose();
	};
	signal.addEventListener("abort", end, { once: true });
	try {
		return await child.request(InspectModel, { path }, signal);
	} catch (error) {
		if (error instanceof ProcessEnded) {
			return undefined;
		}
		throw error;
	} finally {
		signal.removeEventListener("abort", end);
		await child.stop();
	}
}
