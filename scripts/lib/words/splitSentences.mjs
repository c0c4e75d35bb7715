import { codeMark } from "./passage.mjs";

/**
 * @typedef {object} Sentence
 * @property {string} text on one line
 * @property {number} index where it starts in its passage
 */

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Abbreviations whose period does not end a sentence. */
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|vs|cf|approx|resp|no)\.\s*$/i;

/**
 * @param {string} text a passage, in which sentences may contain line breaks
 * @returns {readonly Sentence[]}
 */
export function splitSentences(text) {
	/** @type {Sentence[]} */
	const sentences = [];
	for (const { segment, index } of segmenter.segment(text.replaceAll("\n", " "))) {
		const previous = sentences.at(-1);
		if (previous && abbreviation.test(previous.text)) {
			previous.text += segment;
		} else {
			sentences.push({ text: segment, index });
		}
	}
	return sentences;
}

const word = new RegExp(`[\\p{L}\\p{N}${codeMark}]`, "u");

/** @param {string} sentence */
export function countWords(sentence) {
	return sentence.split(/\s+/).filter((part) => word.test(part)).length;
}
