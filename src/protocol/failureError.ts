import { cleanFailure } from "./cleanFailure";
import type { InferenceFailure } from "./failure";

/** Carries an expected failure up to whoever shows it, keeps it or sends it on; no secret is in it, and nothing else. */
export class FailureError extends Error {
	override readonly name = "FailureError";
	readonly failure: InferenceFailure;

	constructor(failure: InferenceFailure) {
		super(failure.kind);
		this.failure = cleanFailure(failure);
	}
}

/** @returns the failure that an error carries, of whichever bundle it is. */
export function failureIn(error: unknown): InferenceFailure | undefined {
	return error instanceof Error && error.name === "FailureError" && "failure" in error
		? (error.failure as InferenceFailure)
		: undefined;
}
