import type { InferenceFailure } from "./failure";
import { withoutSecrets } from "./text/withoutSecrets";

/**
 * Removes secrets from all texts of a failure. Views show failures and chat files store them, so the data itself must
 * be clean, not only the sentence.
 */
export function cleanFailure(failure: InferenceFailure): InferenceFailure {
	// Only texts change, and each remains a text, so the shape stays the same.
	return clean(failure) as InferenceFailure;
}

function clean(value: unknown): unknown {
	if (typeof value === "string") {
		return withoutSecrets(value);
	}
	if (Array.isArray(value)) {
		return value.map(clean);
	}
	return typeof value === "object" && value !== null
		? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]))
		: value;
}
