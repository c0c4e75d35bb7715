/**
 * Carries out what a person asked for. It never rejects: what fails is told in a sentence.
 *
 * `tell` shows a sentence where the person asked, and returns whether it could; a notification shows it otherwise.
 */
export type RunAction = (
	action: () => Promise<void> | void,
	tell?: (sentence: string) => boolean,
) => Promise<void>;
