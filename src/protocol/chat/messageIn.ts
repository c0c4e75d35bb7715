/** Returns the message in a draft, without leading blank lines and trailing white space. */
export function messageIn(draft: string): string {
	return withoutBlankStart(draft.trimEnd());
}

/** Removes leading blank lines. The first line keeps its indentation, because it may be code. */
export function withoutBlankStart(text: string): string {
	return text.replace(/^\s*\n/, "");
}
