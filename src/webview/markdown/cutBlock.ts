import type { Tokens } from "marked";
import { codeChunks, codeText } from "./code/codeChunks";
import { lexMarkdown } from "./lexMarkdown";
import type { MarkdownToken } from "./formula/formulaTokens";
import { openFence } from "./code/openFence";

/** How an open block can be cut in two. */
export interface Cut {
	/** The part that can no longer change. */
	readonly closed: MarkdownToken;
	/** The length of that part in the token's source, in UTF-16 units. */
	readonly length: number;
	/** The prefix that makes the rest of the source parse as the rest of the same block. */
	readonly prefix: string;
}

/**
 * Cuts a list before its last item, a table before its last row, or open fenced code before its last chunk. Returns
 * `undefined` if nothing can be cut.
 *
 * Each of these parts parses the same whatever follows, so the cut changes nothing; only whether a list is loose
 * depends on all its items.
 *
 * @param token parsed from complete lines
 */
export function cutBlock(token: MarkdownToken): Cut | undefined {
	switch (token.type) {
		case "list":
			return cutList(token);
		case "table":
			return cutTable(token);
		case "code":
			return cutCode(token);
		default:
			return undefined;
	}
}

function cutList(token: Tokens.List): Cut | undefined {
	const items = token.items.slice(0, -1);
	if (items.length === 0) {
		return undefined;
	}
	const length = items.reduce((sum, item) => sum + item.raw.length, 0);
	return { closed: { ...token, items }, length, prefix: "" };
}

function cutTable(token: Tokens.Table): Cut | undefined {
	const rows = token.rows.slice(0, -1);
	if (rows.length === 0) {
		return undefined;
	}
	const [head = "", delimiters = ""] = token.raw.split("\n", 2);
	return {
		closed: { ...token, rows },
		length: lastLineStart(token.raw),
		prefix: `${head}\n${delimiters}\n`,
	};
}

function cutCode(token: Tokens.Code): Cut | undefined {
	const prefix = openFence(token);
	if (prefix === undefined) {
		return undefined;
	}
	const chunks = codeChunks(codeText(token)).slice(0, -1);
	// Marked removes the fence's indentation from each line, so the lines are the same, but not their lengths.
	const lines = chunks.reduce((sum, chunk) => sum + chunk.split("\n").length - 1, 0);
	const length = endOfLines(token.raw, lines + 1);
	const [closed] = lines === 0 ? [] : lexMarkdown(token.raw.slice(0, length), {}).tokens;
	return closed && { closed, length, prefix };
}

/** Returns the offset after that many lines of `source`. */
function endOfLines(source: string, lines: number): number {
	let end = 0;
	for (let line = 0; line < lines; line += 1) {
		end = source.indexOf("\n", end) + 1;
	}
	return end;
}

function lastLineStart(source: string): number {
	return source.lastIndexOf("\n", source.length - 2) + 1;
}
