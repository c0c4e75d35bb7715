import { language, translate } from "./catalog";
import { formatNumber, pluralCategory } from "./intl";

/** Returns the language that sentences are in, for `Intl`: "en", "es", "pt-br"… */
export function displayLanguage(): string {
	return language();
}

/**
 * Returns a sentence in the display language.
 *
 * @param message the English sentence: a literal, which is the key of the translations
 * @param values for `{0}`, `{1}`…; the caller formats numbers and dates
 */
export function t(message: string, ...values: readonly string[]): string {
	return translate(message, values);
}

/**
 * Returns a sentence that contains a count. `{0}` stands for the formatted count, `{1}`, `{2}`… for the values.
 *
 * A translation uses `other` as its key and, for each further plural category of its language, `other` with the
 * category's name appended: "{0} chats", "{0} chats#one", "{0} chats#few".
 *
 * @param one the English sentence for a count of one, a literal
 * @param other the English sentence for any other count, a literal
 */
export function plural(
	count: number,
	one: string,
	other: string,
	...values: readonly string[]
): string {
	const all = [formatNumber(count), ...values];
	const category = pluralCategory(count);
	if (category === "other") {
		return translate(other, all);
	}
	const key = `${other}#${category}`;
	const isTranslated = translate(key, []) !== key;
	return translate(isTranslated ? key : category === "one" ? one : other, all);
}

/**
 * Returns the pieces of a sentence in the display language, for a sentence that contains something other than text,
 * such as an element of a Lit template. The pieces are in the order of the translation.
 *
 * @param message the English sentence: a literal, which is the key of the translations
 * @param parts for `{0}`, `{1}`…
 */
export function tParts<Part>(
	message: string,
	...parts: readonly Part[]
): readonly (string | Part)[] {
	return translate(message, [])
		.split(/\{(\d+)\}/)
		.map((piece, index) => (index % 2 === 0 ? piece : (parts[Number(piece)] ?? `{${piece}}`)))
		.filter((piece) => piece !== "");
}
