/**
 * Splits a text for a screen reader into pieces of at most 2,000 characters: at the end of a line, otherwise between
 * two words, otherwise anywhere.
 *
 * @returns pieces that make up `text`, none of them empty
 */
export function spokenPieces(text: string): readonly string[] {
	return text.match(/[^]{1,1999}(?:\n|$)|[^]{1,1999}\s|[^]{1,2000}/gu) ?? [];
}
