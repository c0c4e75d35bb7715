import type { Tokens } from "marked";

/** UTF-16 units after which the next line begins another chunk. */
const chunkLength = 2000;

/**
 * Divides code after whole lines into pieces of about the same length, each an element of its own on the page: a browser
 * lays out all of an element again for a character more. What comes later changes none of them but the last.
 *
 * @returns pieces that make up `code`; none is empty, unless `code` is.
 */
export function codeChunks(code: string): readonly string[] {
	const chunks: string[] = [];
	let start = 0;
	let end = endOfChunk(code, start);
	while (end < code.length) {
		chunks.push(code.slice(start, end));
		start = end;
		end = endOfChunk(code, start);
	}
	return [...chunks, code.slice(start)];
}

/** @returns the code with the break of its last line, which marked leaves out unless that line is empty (18.2). */
export function codeText({ text }: Tokens.Code): string {
	return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function endOfChunk(code: string, start: number): number {
	const lineBreak = code.indexOf("\n", start + chunkLength - 1);
	return lineBreak < 0 ? code.length : lineBreak + 1;
}
