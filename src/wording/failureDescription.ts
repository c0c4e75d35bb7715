/** The actions that users can take on a failure; each one is a button. */
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
	/** Output of a program about the failure, shown verbatim below the sentence. */
	readonly details: readonly string[];
	/** The most useful first. */
	readonly actions: readonly FailureAction[];
}
