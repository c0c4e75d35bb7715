import assert from "node:assert/strict";
import { languageDirection } from "../../../../src/extension/view/languageDirection";

describe("languageDirection", () => {
	it("returns the direction of the language's script", () => {
		for (const language of ["ar", "he", "fa", "ur-PK", "az-Arab", "ps", "yi", "ar-EG"]) {
			assert.equal(languageDirection(language), "rtl", language);
		}
		for (const language of ["en", "es", "zh-cn", "pt-br", "ja", "az", "ru", "qps-ploc", "", "*"]) {
			assert.equal(languageDirection(language), "ltr", language);
		}
	});
});
