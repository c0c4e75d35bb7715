/**
 * A phrase that makes a sentence hard to read.
 *
 * @typedef {object} Phrase
 * @property {RegExp} pattern
 * @property {string} instead what to write instead
 * @property {readonly import("./passage.mjs").Reader[]} [readers] where it is refused; by default, everywhere
 */

/** @type {readonly import("./passage.mjs").Reader[]} */
const prose = ["guide", "docs", "ui"];

/**
 * @param {string} words a regular expression; a space also matches a line break
 * @param {string} instead
 * @param {readonly import("./passage.mjs").Reader[]} [readers]
 * @returns {Phrase}
 */
function phrase(words, instead, readers) {
	const space = "(?:[^\\S\\n]+|[^\\S\\n]*\\n[^\\S\\n]*)";
	const pattern = new RegExp(`(?<![\\w-])(?:${words.replaceAll(" ", space)})(?![\\w-])`, "giu");
	return { pattern, instead, ...(readers && { readers }) };
}

/** @type {readonly Phrase[]} */
export const phrases = [
	// Who does what
	phrase("hear(?:s|d)? of", "is notified of, receives"),
	phrase("learn(?:s|ed)? of", "is notified of, receives"),
	phrase("tell(?:s|ing)? of|told of", "reports, describes"),
	phrase("(?:is|are|was|were|be|been) told(?! apart)", "say who notifies or tells whom"),
	phrase("(?:is|are|was|were|be|been|being) had", "get, find, is available"),
	phrase("(?:have|has|had) (?:it|them|this|that) back", "restore, recover"),
	phrase("(?:is|are|was|were|be|been) let go", "release, discard"),
	phrase("a person(?!['’]s)", "the user, you", prose),

	// Nouns that exist
	phrase("what there (?:is|are|was|were)", "name it"),
	phrase("what (?:is|was) there", "name it"),
	phrase("all of (?:it|them)(?= [:;–])", "everything"),
	phrase("what of (?:an?|the|its?|them|these|this)", "which part of"),
	phrase("(?<!there )(?:is|are) none", "name the subject, then “not”"),

	// How
	phrase("anew", "again"),
	phrase("by (?:itself|themselves)", "automatically, on its own"),
	phrase("of (?:itself|themselves)", "about itself"),
	phrase("afresh", "again"),
	phrase("sees? to it that", "ensure that"),
	phrase("of (?:its|their) own", "its own …, separate"),
	phrase("of ours", "our"),
	phrase("for ever", "forever"),
	phrase("once more", "again"),
	phrase("in vain", "without success"),
	phrase("likeliest", "most likely"),
	phrase("whilst|whereof|thereof|wherein|therein|hitherto|thereupon", "use a modern word"),

	// Verbs
	phrase("(?:goes|go|went|gone) on (?:with|to|from|where|when|until|at)", "continue"),
	phrase("(?:lies|lay|lain) (?:in|on|at|there|behind|before|beside|under|above)", "is, is stored"),
	phrase("(?:stands|stood) (?:in(?! for)|on|at|there|behind|before|beside|above|below)", "is"),
	phrase("mend(?:s|ed|ing)?", "fix, repair"),
	phrase("must not be", "cannot be, or say what happens", ["guide", "docs"]),
	phrase("must not", "say what is not possible, and what to do", ["ui"]),
	phrase("(?:has|have|had) not (?:the|a|an|any)", "does not have"),
	phrase("there (?:is|are) no(?: [\\w-]+){1,4} (?:that|which|who|to)", "no … does, … does not"),
	phrase("there (?:is|are) no", "say what is missing, and what to do", ["ui"]),
	phrase("on the disk", "on disk"),

	// Terms
	phrase("read(?:s|ing)? ahead", "preload the prompt"),
	phrase("guess(?:es|ing)? ahead", "prompt lookup"),
	phrase("saved states?", "prompt cache, cached prompt"),
];
