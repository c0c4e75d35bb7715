import { language, translate } from "./catalog";
import { formatNumber, pluralCategory } from "./intl";

/** Returns the language that sentences are in, for `Intl`: "en", "es", "pt-br"… */
export function displayLanguage(): string {
	return language();
}

/**
 * Returns a sentence in the display language.
 *
 * @param message the English sentence, a literal: it is the key of the translations
 * @param values for `{0}`, `{1}`…; numbers and dates are formatted before
 */
export function t(message: string, ...values: readonly string[]): string {
	return translate(message, values);
}

/**
 * Returns a sentence with a count in it. `{0}` stands for the formatted count, `{1}`, `{2}`… for the values.
 *
 * A translation has the key `other` and, for each further plural category of its language, `other` and the category's
 * name: "{0} chats", "{0} chats#one", "{0} chats#few".
 *
 * @param one the English sentence for one, a literal
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
 * Returns the pieces of a sentence in the display language, in its order, where something other than text stands in
 * the sentence: an element of a Lit template, for example.
 *
 * @param message the English sentence, a literal: it is the key of the translations
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
