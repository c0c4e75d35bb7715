import { cleanFailure } from "./cleanFailure";
import type { InferenceFailure } from "./failure";

/**
 * Carries an expected failure to the code that shows it, stores it, or sends it on. Contains the failure without its
 * secrets, and nothing else.
 */
export class FailureError extends Error {
	override readonly name = "FailureError";
	readonly failure: InferenceFailure;

	constructor(failure: InferenceFailure) {
		super(failure.kind);
		this.failure = cleanFailure(failure);
	}
}

/** Returns the failure that an error carries, even if its class comes from another bundle. */
export function failureIn(error: unknown): InferenceFailure | undefined {
	return error instanceof Error && error.name === "FailureError" && "failure" in error
		? (error.failure as InferenceFailure)
		: undefined;
}
