/*
 * Kinds of characters by the writing they belong to. Each pattern is tested with one code point.
 */

/**
 * Letters of languages that put no space between words, or that attach endings to words, such as Korean. The ranges
 * contain characters that Unicode assigns to no single script, such as the Japanese mark for a long vowel.
 */
const unspacedLetters =
	"\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Bopomofo}\\p{sc=Hangul}\\p{sc=Yi}\\p{sc=Thai}\\p{sc=Lao}" +
	"\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Tibetan}\\p{sc=Tai_Le}\\p{sc=New_Tai_Lue}\\p{sc=Tai_Tham}\\p{sc=Tai_Viet}" +
	"\\p{sc=Javanese}\\p{sc=Balinese}\\p{sc=Tangut}\\p{sc=Nushu}\\u30FC\\uFF70";

const isUnspacedLetter = new RegExp(`^(?=[\\p{L}\\p{M}\\p{N}])[${unspacedLetters}]`, "u");
const isUnspaced = new RegExp(
	`^(?:(?!\\uFE0F)\\p{VS}|[${unspacedLetters}\\u2E80-\\u33FF\\uFE10-\\uFE1F\\uFE30-\\uFE6F\\uFF00-\\uFFEF])`,
	"u",
);

/** Returns whether a letter, mark, or digit belongs to a script without spaces between words. */
export function isLetterWithoutSpaces(character: string): boolean {
	return isUnspacedLetter.test(character);
}

/** The same for every character of such text, its punctuation included. */
export function isTextWithoutSpaces(character: string): boolean {
	return isUnspaced.test(character);
}

export function isPunctuation(character: string): boolean {
	return /^[\p{P}\p{S}]/u.test(character);
}

export function isLetterOrDigit(character: string): boolean {
	return /^[\p{L}\p{N}]/u.test(character);
}

/** Returns the character that ends before `index`, and "" at the beginning. */
export function characterBefore(text: string, index: number): string {
	const last = text.charAt(index - 1);
	return /[\uDC00-\uDFFF]/.test(last) ? text.slice(Math.max(0, index - 2), index) : last;
}

/** Returns the character that begins at `index`, and "" at the end. */
export function characterAt(text: string, index: number): string {
	const code = text.codePointAt(index);
	return code === undefined ? "" : String.fromCodePoint(code);
}
