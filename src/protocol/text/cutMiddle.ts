/**
 * @param limit UTF-16 units that are kept, without the words that tell what was left out
 * @returns the text, without its middle where it is longer than `limit`.
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

/** @returns beginning and end of a text of which `leftOut` UTF-16 units between them are gone. */
export function joinEnds(beginning: string, leftOut: number, end: string): string {
	// A character of two units is not left in halves.
	const before = beginning.replace(/[\uD800-\uDBFF]$/, "");
	const after = end.replace(/^[\uDC00-\uDFFF]/, "");
	return `${before} [… ${leftOut.toLocaleString("en-US")} characters left out …] ${after}`;
}
