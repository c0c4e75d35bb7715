import type { InferenceFailure } from "./failure";

/** Carries an expected failure up to whoever shows it or sends it on; nothing else is in it. */
export class FailureError extends Error {
	override readonly name = "FailureError";
	readonly failure: InferenceFailure;

	constructor(failure: InferenceFailure) {
		super(failure.kind);
		this.failure = failure;
	}
}

/** @returns the failure that an error carries, of whichever bundle it is. */
export function failureIn(error: unknown): InferenceFailure | undefined {
	return error instanceof Error && error.name === "FailureError" && "failure" in error
		? (error.failure as InferenceFailure)
		: undefined;
}
