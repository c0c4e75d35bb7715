import type { TokenizerThis, Tokens } from "marked";
import { allowedHtml, opaqueElements } from "./rawHtml";

const htmlNames = [...allowedHtml.keys(), ...opaqueElements].join("|");
const name = `(?!(?:${htmlNames})(?![\\w.:-]))[a-z][\\w.-]*(?::[a-z_][\\w.-]*)?`;
const tagLine = `</?${name}(?:[ \\t=/][^<>\\n]*)?>[ \\t]*(?=\\n|$)`;
const atStart = new RegExp(`^ {0,3}${tagLine}`, "i");
/** Each line can match in only one way: a line that could match in several would take exponential time. */
const linesBefore = new RegExp(
	`^[^\\n]*\\n(?:(?! {0,3}${tagLine}|[ \\t]*\\n)[^\\n]+\\n)*(?= {0,3}${tagLine})`,
	"i",
);

/**
 * Reads a line with only an unknown tag, such as `<result>`, as a block of that line, so that the text up to its end
 * tag is Markdown. In CommonMark, raw HTML continues to the next blank line.
 */
export function inventedTag(this: TokenizerThis, source: string): Tokens.HTML | undefined {
	const raw = atStart.exec(source)?.[0];
	return raw === undefined ? undefined : { type: "html", block: true, pre: false, raw, text: raw };
}

export function isInventedTag(source: string): boolean {
	return atStart.test(source);
}

/** Returns where the line of an invented tag ends the paragraph that `source` begins with. */
export function startOfInventedTag(source: string): number | undefined {
	return linesBefore.exec(source)?.[0].length;
}

/** Returns `source` up to the first line of an invented tag, which no block may contain; all of it if there is none. */
export function beforeInventedTag(source: string): string {
	return source.slice(0, startOfInventedTag(source));
}

/** Extends marked's pattern of the HTML that ends an item of a list. */
export function orInventedTag(
	htmlBegins: (indentation: number) => RegExp,
): (indentation: number) => RegExp {
	const patterns = new Map<number, RegExp>();
	return (indentation) => {
		const spaces = Math.max(0, Math.min(3, indentation - 1));
		let pattern = patterns.get(spaces);
		if (!pattern) {
			pattern = new RegExp(`${htmlBegins(indentation).source}|^ {0,${spaces}}${tagLine}`, "i");
			patterns.set(spaces, pattern);
		}
		return pattern;
	};
}
