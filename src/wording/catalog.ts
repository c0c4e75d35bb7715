import { config, t } from "@vscode/l10n";

/** Sentences of one language, by the English ones: what a file in `l10n` calls `messages`. */
export type Translation = Readonly<Record<string, string>>;

let current = "en";

/**
 * Chooses the language of every sentence. A program calls it before it makes the first one.
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
 * Returns the sentence in the language that was chosen, or in English if it has none there. Each `{0}`, `{1}`… stands
 * for one of the values. Without values, placeholders stay.
 */
export function translate(message: string, values: readonly string[]): string {
	return t(message, ...values);
}
