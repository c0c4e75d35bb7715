/**
 * Cuts what a screen reader shall say into pieces of at most 2,000 characters: where a line ends, else between two
 * words, else anywhere.
 *
 * @returns pieces that make up `text`, none of them empty.
 */
export function spokenPieces(text: string): readonly string[] {
	return text.match(/[^]{1,1999}(?:\n|$)|[^]{1,1999}\s|[^]{1,2000}/gu) ?? [];
}
