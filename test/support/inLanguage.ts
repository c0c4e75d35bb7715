import { setTranslation, type Translation } from "../../src/wording/catalog";

/**
 * Has the tests of the `describe` around it run in another language, and those after it in English.
 *
 * @param translation sentences by the English ones
 */
export function inLanguage(language: string, translation: Translation): void {
	before(() => {
		setTranslation(language, translation);
	});
	after(() => {
		setTranslation("en", {});
	});
}
