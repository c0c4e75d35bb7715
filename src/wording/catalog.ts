import { config, t } from "@vscode/l10n";

/** The sentences of one language, keyed by the English ones: the `messages` of a file in `l10n`. */
export type Translation = Readonly<Record<string, string>>;

let current = "en";

/**
 * Sets the language of every sentence. A program calls it before it produces the first one.
 *
 * @param language "en", "es", "pt-br"…
 */
export function setTranslation(language: string, translation: Translation): void {
	current = language;
	config({ contents: { ...translation } });
}

/** Returns the language of the sentences. */
export function language(): string {
	return current;
}

/**
 * Returns a sentence in the chosen language, or in English if it has no translation. The values replace `{0}`, `{1}`…;
 * without values, the placeholders stay.
 */
export function translate(message: string, values: readonly string[]): string {
	return t(message, ...values);
}
