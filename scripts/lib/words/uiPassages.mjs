import { passageOf, withoutCode } from "./passage.mjs";

/**
 * @param {readonly import("../sentences.mjs").Sentence[]} sentences in the code
 * @returns {readonly import("./passage.mjs").Passage[]}
 */
export function sentencePassages(sentences) {
	return sentences.flatMap(({ key, one, place }) => {
		const [file = "", line = ""] = place.split(":");
		return [key, ...(one === undefined ? [] : [one])].flatMap((text) =>
			uiPassages(file, Number(line), text),
		);
	});
}

/**
 * Finds the strings of the manifest.
 *
 * @param {string} file
 * @param {string} json package.nls.json, with one string per line
 * @returns {readonly import("./passage.mjs").Passage[]}
 */
export function manifestPassages(file, json) {
	return json.split("\n").flatMap((content, index) => {
		const literal = /^\s*"[^"]*": (".*"),?$/.exec(content)?.[1];
		return literal === undefined ? [] : uiPassages(file, index + 1, String(JSON.parse(literal)));
	});
}

/**
 * @param {string} file
 * @param {number} line where the string is
 * @param {string} text may contain Markdown, as descriptions of settings do; each line is checked separately
 * @returns {readonly import("./passage.mjs").Passage[]}
 */
function uiPassages(file, line, text) {
	return text
		.split("\n")
		.map((shown) => withoutCode(shown.replace(/\]\([^)]*\)/g, "]")))
		.filter((shown) => shown.trim() !== "")
		.map((shown) => passageOf(file, "ui", [{ text: shown, line }]));
}
