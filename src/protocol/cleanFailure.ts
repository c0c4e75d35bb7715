import type { InferenceFailure } from "./failure";
import { withoutSecrets } from "./text/withoutSecrets";

/**
 * Takes secrets out of all texts of a failure. Views show it and files of conversations keep it, so it is clean as data,
 * not only in its sentence.
 */
export function cleanFailure(failure: InferenceFailure): InferenceFailure {
	// Only texts change, and each to another text: the shape stays.
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
