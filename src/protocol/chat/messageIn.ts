/** @returns the message that a draft holds: without blank lines before and white space after it. */
export function messageIn(draft: string): string {
	return withoutBlankStart(draft.trimEnd());
}

/** Leaves the first line its indentation: it may be code. */
export function withoutBlankStart(text: string): string {
	return text.replace(/^\s*\n/, "");
}
