import { setTranslation, type Translation } from "../../src/wording/catalog";

/**
 * Runs the tests of the surrounding `describe` in another language, and the tests after it in English.
 *
 * @param translation translated sentences by their English ones
 */
export function inLanguage(language: string, translation: Translation): void {
	before(() => {
		setTranslation(language, translation);
	});
	after(() => {
		setTranslation("en", {});
	});
}
