/** Something a model could write to harm its reader. A script that runs calls `pwned()`; whatever loads something asks attacker.invalid. */
export interface HostileFragment {
	readonly text: string;
	/** What of it must be readable on the page; `undefined`: what is left is harmless and formatted. */
	readonly shows: string | undefined;
}

/** Fragments by what they try. */
export type HostileClasses = Readonly<Record<string, readonly HostileFragment[]>>;

/** A host that must never be asked for anything. */
export const remote = "http://attacker.invalid";

/** Fragments whose first line must be readable as it is written. */
export function visible(...texts: readonly string[]): HostileFragment[] {
	return texts.map((text) => ({ text, shows: text.split("\n", 1)[0] ?? "" }));
}

export function shows(text: string, expected: string | undefined): HostileFragment {
	return { text, shows: expected };
}
