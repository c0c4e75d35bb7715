/**
 * Returns the text, without its middle if it is longer than `limit`.
 *
 * @param limit UTF-16 units to keep, not counting the note about what was left out
 */
export function cutMiddle(text: string, limit: number): string {
	return text.length <= limit
		? text
		: joinEnds(
				text.slice(0, Math.ceil(limit / 2)),
				text.length - limit,
				text.slice(text.length - Math.floor(limit / 2)),
			);
}

/** Joins the beginning and the end of a text from which `leftOut` UTF-16 units between them are missing. */
export function joinEnds(beginning: string, leftOut: number, end: string): string {
	// Surrogate pairs are not cut in half.
	const before = beginning.replace(/[\uD800-\uDBFF]$/, "");
	const after = end.replace(/^[\uDC00-\uDFFF]/, "");
	return `${before} [… ${leftOut.toLocaleString("en-US")} characters left out …] ${after}`;
}
