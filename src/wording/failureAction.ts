/** What a person can do about a failure, each a button beside the sentence. */
export type FailureAction =
	| "retry"
	| "retryOnCpu"
	| "enterToken"
	| "chooseModel"
	| "openSettings"
	| "showCrashReport"
	| "showLog";
