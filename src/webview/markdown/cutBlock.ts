import type { Tokens } from "marked";
import { codeChunks, codeText } from "./code/codeChunks";
import { lexMarkdown } from "./lexMarkdown";
import type { MarkdownToken } from "./formula/formulaTokens";
import { openFence } from "./code/openFence";

/** Where an open block can be cut in two. */
export interface Cut {
	/** The part that can no longer change. */
	readonly closed: MarkdownToken;
	/** UTF-16 units of the token's source that make up that part. */
	readonly length: number;
	/** What must stand before the rest of the source so that it is lexed as the rest of the same block. */
	readonly prefix: string;
}

/**
 * Cuts a list before its last item, a table before its last row, open fenced code before its last chunk.
 *
 * Each of these parts is lexed by itself, whatever follows it, which is why the cut changes nothing; only
 * whether a list is loose depends on all its items. `undefined` where there is nothing to cut.
 *
 * @param token lexed from whole lines.
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
	// Marked takes the fence's indentation from each line, so the lines are the same, their lengths are not.
	const lines = chunks.reduce((sum, chunk) => sum + chunk.split("\n").length - 1, 0);
	const length = endOfLines(token.raw, lines + 1);
	const [closed] = lines === 0 ? [] : lexMarkdown(token.raw.slice(0, length), {}).tokens;
	return closed && { closed, length, prefix };
}

/** @returns where so many lines of `source` end. */
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
