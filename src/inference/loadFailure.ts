import type { InferenceFailure } from "../protocol/failure";
import { plainLine, plainWord } from "../protocol/text/plainLine";

/** Longest reason, in UTF-16 units. It may quote the file. */
const longestReason = 500;
const longestArchitecture = 40;

/**
 * Returns why llama.cpp rejected a model. Its errors say only that loading failed; the reason is in its earlier output
 * (llama.cpp b6000 and later, as shipped with node-llama-cpp 3.22).
 *
 * @param written warnings and errors, oldest first
 */
export function loadFailure(
	path: string,
	fileBytes: number,
	error: unknown,
	written: readonly string[],
): InferenceFailure {
	const said = written.join("\n");
	if (/not within the file bounds|model is corrupted or incomplete/i.test(said)) {
		return { kind: "modelTruncated", path, fileBytes };
	}
	const unknown = /unknown model architecture: '([^']*)'/.exec(said)?.[1];
	if (unknown !== undefined) {
		const architecture = plainWord(unknown, longestArchitecture);
		return { kind: "unsupportedArchitecture", path, architecture };
	}
	const message = error instanceof Error ? error.message : String(error);
	const reason = /error loading model: (.+)/.exec(said)?.[1] ?? written.at(-1) ?? message;
	return { kind: "modelUnreadable", path, reason: plainLine(reason, longestReason) };
}
