import { lexer, walkTokens, type Token } from "marked";
import { withLineFeeds } from "../../protocol/text/lineFeeds";
import { fenced } from "../../protocol/text/markdownText";

/**
 * Makes Markdown of unknown origin a part of a document whose own headings have the levels 1 and 2.
 *
 * Headings move two levels down, a code block without an end gets one, and HTML is shown as text. Where that does not
 * suffice, all of it becomes a code block.
 */
export function tamed(markdown: string): string {
	const text = withLineFeeds(markdown).replace(/^\n+|\s+$/g, "");
	if (text.length > longestParsed) {
		return fenced(text, "markdown");
	}
	const changed = changedLines(text);
	return isTame(changed) ? changed : fenced(text, "markdown");
}

/** UTF-16 units of Markdown that is looked at; the time that this takes can grow faster than they do. */
const longestParsed = 100_000;

/** @returns one line in which nothing is Markdown or HTML. */
export function asText(line: string): string {
	return line
		.replace(/\s+/g, " ")
		.trim()
		.replace(/[\\`*_{}[\]<>#|~&!]/g, "\\$&")
		.replace(/^([+-]|\d+(?=[.)]))/, (mark) => (/\d/.test(mark) ? mark : `\\${mark}`))
		.replace(/^(\d+)([.)])/, "$1\\$2");
}

/** What opens or ends a code block: its indentation, its fence, and what follows. */
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
	// A line of these below text makes a heading of it.
	const underline = before.trim() !== "" && /^ {0,3}(?:=+|-+)[ \t]*$/.test(line);
	const moved = underline
		? line.replace(/[=-]/, "\\$&")
		: line.replace(/^ {0,3}#{1,6}(?=[ \t]|$)/, moveDown);
	// In code the sign stands for itself; a line that has both is judged as it is.
	return moved.includes("`") ? moved : moved.replace(/<(?=[a-z/!?])(?!br ?\/?>)/gi, "\\<");
}

function moveDown(marks: string): string {
	return "#".repeat(Math.min(6, marks.trim().length + 2));
}

const nextHeading = "next-heading";

/** Whether `markdown` has no heading of ours and no HTML, and leaves a heading that follows what it is. */
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

/** @returns no tokens of what is nested too deep to be taken apart. */
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
