import { phrases } from "./phrases.mjs";
import { americanSpelling } from "./spellings.mjs";
import { countWords, splitSentences } from "./splitSentences.mjs";

/**
 * A rule's remark about a place in a passage.
 *
 * @typedef {object} Remark
 * @property {string} rule
 * @property {number} index in the passage's text
 * @property {string} text
 * @property {string} advice
 */

/** @typedef {(passage: import("./passage.mjs").Passage) => readonly Remark[]} Rule */

/** The maximum number of words in a sentence. Comments and test titles have no limit. */
const mostWords = { guide: 25, ui: 25, docs: 35, code: Infinity };

/** @type {Rule} */
const sentenceLength = ({ reader, text }) =>
	splitSentences(text).flatMap((sentence) => {
		const words = countWords(sentence.text);
		return words <= mostWords[reader]
			? []
			: [
					{
						rule: "sentence-length",
						index: sentence.index,
						text: firstWords(sentence.text),
						advice: `${words} words: split it, or cut it to ${mostWords[reader]}`,
					},
				];
	});

/** @type {Rule} */
const plainPhrases = ({ reader, text }) =>
	phrases
		.filter(({ readers }) => readers?.includes(reader) ?? true)
		.flatMap(({ pattern, instead }) => remarks("phrase", text, pattern, instead));

/** @type {Rule} */
const spelling = ({ text }) =>
	// Words in paths, identifiers, and properties are skipped.
	[...text.matchAll(/(?<![\p{L}\p{N}_./@#-])\p{L}+(?![\p{L}\p{N}_/(]|[.-]\p{L})/gu)].flatMap(
		({ 0: word, index }) => {
			const american = americanSpelling(word);
			return american ? [{ rule: "spelling", index, text: word, advice: american }] : [];
		},
	);

/** @type {Rule} */
const curlyQuotes = ({ reader, text }) =>
	reader === "ui" ? remarks("quotes", text, /["']/g, "“ ”, or ’ as an apostrophe") : [];

/** A label is one phrase, without a period. */
const mostWordsOfLabel = 20;

/** @type {Rule} */
const endOfSentence = ({ reader, text }) => {
	const isLabel = splitSentences(text).length === 1 && countWords(text) <= mostWordsOfLabel;
	return reader !== "ui" || isLabel || /[.?!…:][”’)]*$/.test(text.trim())
		? []
		: [
				{
					rule: "punctuation",
					index: 0,
					text: firstWords(text),
					advice: "end the sentence with a period",
				},
			];
};

/** @type {readonly Rule[]} */
export const rules = [sentenceLength, plainPhrases, spelling, curlyQuotes, endOfSentence];

/**
 * @param {string} rule
 * @param {string} text of a passage
 * @param {RegExp} pattern a global pattern
 * @param {string} advice
 * @returns {readonly Remark[]}
 */
function remarks(rule, text, pattern, advice) {
	return [...text.matchAll(pattern)].map(({ 0: found, index }) => {
		return { rule, index, text: found.replace(/\s+/g, " "), advice };
	});
}

/** @param {string} sentence */
function firstWords(sentence) {
	const words = sentence.trim().split(/\s+/);
	return words.length <= 8 ? words.join(" ") : `${words.slice(0, 8).join(" ")} …`;
}
