/**
 * Text that a model could write to harm its reader. A script that runs calls `pwned()`; anything that loads requests
 * attacker.invalid.
 */
export interface HostileFragment {
	readonly text: string;
	/** Text that must be readable on the page; `undefined` if only harmless, formatted text is left. */
	readonly shows: string | undefined;
}

/** Fragments by what they attempt. */
export type HostileClasses = Readonly<Record<string, readonly HostileFragment[]>>;

/** A host that must never receive a request. */
export const remote = "http://attacker.invalid";

/** Returns fragments whose first line must be readable as it is written. */
export function visible(...texts: readonly string[]): HostileFragment[] {
	return texts.map((text) => ({ text, shows: text.split("\n", 1)[0] ?? "" }));
}

export function shows(text: string, expected: string | undefined): HostileFragment {
	return { text, shows: expected };
}
