/** What people can do about a failure: a button each. */
export type FailureAction =
	| "retry"
	| "retryOnCpu"
	| "enterToken"
	| "chooseModel"
	| "openSettings"
	| "showCrashReport"
	| "showLog";

/** A failure in words. */
export interface FailureDescription {
	/** What happened, and what to do next. */
	readonly sentence: string;
	/** Output of a program about it, shown verbatim below the sentence. */
	readonly details: readonly string[];
	/** Most useful first. */
	readonly actions: readonly FailureAction[];
}
