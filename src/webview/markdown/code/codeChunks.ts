import type { Tokens } from "marked";

/** The length, in UTF-16 units, after which the next line begins another chunk. */
const chunkLength = 2000;

/**
 * Splits code at line ends into pieces of similar length, each a separate element, because a browser lays out a whole
 * element again for one more character. Later code changes only the last piece.
 *
 * @returns pieces that make up `code`; none is empty, unless `code` is
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

/** Returns the code with the break of its last line, which marked (18.2) omits unless that line is empty. */
export function codeText({ text }: Tokens.Code): string {
	return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function endOfChunk(code: string, start: number): number {
	const lineBreak = code.indexOf("\n", start + chunkLength - 1);
	return lineBreak < 0 ? code.length : lineBreak + 1;
}
