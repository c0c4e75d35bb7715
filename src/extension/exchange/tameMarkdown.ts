import { lexer, walkTokens, type Token } from "marked";
import { withLineFeeds } from "../../protocol/text/lineFeeds";
import { fenced } from "../../protocol/text/markdownText";

/**
 * Makes untrusted Markdown safe to embed in a document that uses heading levels 1 and 2 itself.
 *
 * Headings move two levels down, open code blocks are closed, and HTML is shown as text. If that is not enough, the
 * whole text becomes a code block.
 */
export function tamed(markdown: string): string {
	const text = withLineFeeds(markdown).replace(/^\n+|\s+$/g, "");
	if (text.length > longestParsed) {
		return fenced(text, "markdown");
	}
	const changed = changedLines(text);
	return isTame(changed) ? changed : fenced(text, "markdown");
}

/** The longest Markdown that is parsed, in UTF-16 units. Parsing can take more than linear time. */
const longestParsed = 100_000;

/** Returns one line in which all Markdown and HTML is escaped. */
export function asText(line: string): string {
	return line
		.replace(/\s+/g, " ")
		.trim()
		.replace(/[\\`*_{}[\]<>#|~&!]/g, "\\$&")
		.replace(/^([+-]|\d+(?=[.)]))/, (mark) => (/\d/.test(mark) ? mark : `\\${mark}`))
		.replace(/^(\d+)([.)])/, "$1\\$2");
}

/** Matches a line that opens or closes a code block: its indentation, its fence, and the rest. */
const fencePattern = /^( {0,3})(`{3,}|~{3,})(.*)$/;

function changedLines(text: string): string {
	const lines: string[] = [];
	let open: string | undefined;
	for (const line of text.split("\n")) {
		const [, , fence = "", rest = ""] = fencePattern.exec(line) ?? [];
		if (open !== undefined) {
			if (fence.startsWith(open) && rest.trim() === "") {
				open = undefined;
			}
			lines.push(line);
		} else if (fence !== "" && !(fence.startsWith("`") && rest.includes("`"))) {
			open = fence;
			lines.push(line);
		} else {
			lines.push(changedLine(line, lines.at(-1) ?? ""));
		}
	}
	if (open !== undefined) {
		lines.push(open);
	}
	return lines.join("\n");
}

function changedLine(line: string, before: string): string {
	// An underline turns the text above it into a heading.
	const underline = before.trim() !== "" && /^ {0,3}(?:=+|-+)[ \t]*$/.test(line);
	const moved = underline
		? line.replace(/[=-]/, "\\$&")
		: line.replace(/^ {0,3}#{1,6}(?=[ \t]|$)/, moveDown);
	// In code, “<” must not be escaped. A line that contains code stays as it is, and `isTame` decides.
	return moved.includes("`") ? moved : moved.replace(/<(?=[a-z/!?])(?!br ?\/?>)/gi, "\\<");
}

function moveDown(marks: string): string {
	return "#".repeat(Math.min(6, marks.trim().length + 2));
}

const nextHeading = "next-heading";

/** Returns whether `markdown` has no HTML and no headings of levels 1 and 2, and does not affect a heading after it. */
function isTame(markdown: string): boolean {
	const tokens = tokensOf(`${markdown}\n\n## ${nextHeading}\n`);
	const last = tokens.at(-1);
	if (last?.type !== "heading" || last.depth !== 2 || last.text !== nextHeading) {
		return false;
	}
	let tame = true;
	void walkTokens([...tokens.slice(0, -1)], (token: Token) => {
		const isOurs = token.type === "heading" && (token.depth as number) <= 2;
		const isHtml = token.type === "html" && !/^<br ?\/?>\s*$/i.test(token.raw);
		tame &&= !isOurs && !isHtml;
	});
	return tame;
}

/** Returns the tokens, or none if the Markdown is nested too deeply to parse. */
function tokensOf(markdown: string): readonly Token[] {
	try {
		return lexer(markdown);
	} catch (error) {
		if (error instanceof RangeError) {
			return [];
		}
		throw error;
	}
}
