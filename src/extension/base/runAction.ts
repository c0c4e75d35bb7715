/**
 * Runs an action that the user requested. Never rejects: a failure is shown as a sentence.
 *
 * `tell` shows the sentence where the user requested the action, and returns whether it could. Otherwise, a notification
 * shows it.
 */
export type RunAction = (
	action: () => Promise<void> | void,
	tell?: (sentence: string) => boolean,
) => Promise<void>;
