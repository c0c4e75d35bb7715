import { marked } from "marked";
import { codeMark, lineBreaks, passageOf } from "./passage.mjs";

/**
 * Finds the paragraphs, headings, list items, and table cells of a document, without its code, HTML, and link targets.
 *
 * @param {string} file
 * @param {import("./passage.mjs").Reader} reader
 * @param {string} source Markdown
 * @returns {readonly import("./passage.mjs").Passage[]}
 */
export function markdownPassages(file, reader, source) {
	/** @type {import("./passage.mjs").Passage[]} */
	const passages = [];
	// Tokens have no positions. They come in order, so the search for each starts after the previous one.
	let position = 0;

	/** @param {string} raw */
	const enter = (raw) => {
		position = Math.max(position, source.indexOf(firstLine(raw), position));
	};

	/** @param {string} raw of the token that `enter` was called with */
	const leave = (raw) => {
		// The further lines of a list item are indented in the source, but not in the token.
		const known = source.startsWith(raw, position) ? raw : firstLine(raw);
		position += source.startsWith(known, position) ? known.length : 0;
	};

	/**
	 * @param {readonly import("marked").Token[]} tokens inline tokens
	 * @returns {readonly import("./passage.mjs").Piece[]}
	 */
	const pieces = (tokens) => tokens.flatMap(inlinePieces);

	/**
	 * @param {import("marked").Token} token
	 * @returns {readonly import("./passage.mjs").Piece[]}
	 */
	const inlinePieces = (token) => {
		enter(token.raw);
		const indent = token.raw.slice(0, token.raw.length - token.raw.trimStart().length);
		const line = lineBreaks(source.slice(0, position)) + 1 - lineBreaks(indent);
		if (token.type === "image") {
			const { text } = /** @type {import("marked").Tokens.Image} */ (token);
			passages.push(passageOf(file, reader, [{ text, line }]));
			leave(token.raw);
			return [];
		}
		if ("tokens" in token && !isBareAddress(token)) {
			return pieces(token.tokens);
		}
		leave(token.raw);
		return [{ text: inlineText(token), line }];
	};

	/** @param {readonly import("marked").Token[] | undefined} tokens */
	const addPassage = (tokens) => {
		passages.push(passageOf(file, reader, pieces(tokens ?? [])));
	};

	/** @param {import("marked").Token} token a block */
	const visit = (token) => {
		enter(token.raw);
		if (token.type === "table") {
			const { header, rows } = /** @type {import("marked").Tokens.Table} */ (token);
			for (const cell of [header, ...rows].flat()) {
				addPassage(cell.tokens);
			}
		} else if (token.type === "list") {
			/** @type {import("marked").Tokens.List} */ (token).items.forEach(visit);
		} else if (token.type === "list_item" || token.type === "blockquote") {
			/** @type {import("marked").Tokens.Generic} */ (token).tokens?.forEach(visit);
		} else if (["paragraph", "heading", "text"].includes(token.type)) {
			addPassage(/** @type {import("marked").Tokens.Generic} */ (token).tokens);
		} else {
			leave(token.raw);
		}
	};

	marked.lexer(source).forEach(visit);
	return passages.filter(({ text }) => text.trim() !== "");
}

/** @param {string} raw */
function firstLine(raw) {
	return raw.trimStart().split("\n", 1)[0] ?? "";
}

/**
 * @param {import("marked").Token} token a link
 * @returns {boolean} whether its text is an address
 */
function isBareAddress(token) {
	return token.type === "link" && /^https?:\/\//.test(String(token.text));
}

/**
 * @param {import("marked").Token} token a token without inner tokens
 * @returns {string}
 */
function inlineText(token) {
	switch (token.type) {
		case "codespan":
		case "link":
			return codeMark;
		case "html":
			return "";
		case "br":
			return "\n";
		case "text":
		case "escape":
			return token.text;
		default:
			return token.raw;
	}
}
