/**
 * Where a text is read. This decides how strictly it is checked.
 *
 * - `guide`: the documents that users read first, with short sentences
 * - `docs`: every other document
 * - `ui`: sentences in the product
 * - `code`: comments and test titles
 *
 * @typedef {"guide" | "docs" | "ui" | "code"} Reader
 */

/**
 * A piece of a text, and the line of the file on which it starts. Both have the same line breaks.
 *
 * @typedef {object} Piece
 * @property {string} text
 * @property {number} line from 1
 */

/**
 * A coherent text: a paragraph, a table cell, a comment, or a sentence of the UI.
 *
 * @typedef {object} Passage
 * @property {string} file
 * @property {Reader} reader
 * @property {string} text with the line breaks of the file
 * @property {(index: number) => number} lineAt returns the line of a character of the text
 */

/** Replaces code in a passage. Unicode counts it as upper case, so a sentence can start with it. */
export const codeMark = "Ⓧ";

/**
 * @param {string} file
 * @param {Reader} reader
 * @param {readonly Piece[]} pieces
 * @returns {Passage}
 */
export function passageOf(file, reader, pieces) {
	const text = pieces.map((piece) => piece.text).join("");
	return {
		file,
		reader,
		text,
		lineAt(index) {
			let rest = index;
			for (const piece of pieces) {
				if (rest < piece.text.length) {
					return piece.line + lineBreaks(piece.text.slice(0, rest));
				}
				rest -= piece.text.length;
			}
			return pieces.at(-1)?.line ?? 1;
		},
	};
}

/**
 * @param {string} text
 * @returns {string} the text with a mark for each piece of code and each address, on the same lines
 */
export function withoutCode(text) {
	return text.replace(/```[\s\S]*?```|`[^`]*`|\{@\w+ [^}]*\}|\bhttps?:\/\/[^\s)>]+/g, hideCode);
}

/**
 * @param {string} code
 * @returns {string} a mark, and the line breaks of the code
 */
function hideCode(code) {
	return codeMark + "\n".repeat(lineBreaks(code));
}

/** @param {string} text */
export function lineBreaks(text) {
	return text.split("\n").length - 1;
}
