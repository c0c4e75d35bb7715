import type { Token, Tokens } from "marked";
import type { MarkdownToken } from "./formula/formulaTokens";
import { openFence } from "./code/openFence";
import { undecidedInline } from "./inline/undecidedInline";

/** The construct at the end of a text's complete lines, as far as it affects the next line. */
export type LineContext = "code" | "codeInContainer" | "table" | "text";

/** Marks of quotes and lists before the content of a line. */
const containerMarks = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/;

/** Beginnings of lines whose meaning depends on more characters, or on the end of the line. */
const undecidedLines: readonly RegExp[] = [
	/^$/,
	// A heading or its text, a rule, the underline of a heading, the mark of a list.
	/^#{1,6}[ \t]*$/,
	/^[-_*=+ \t]+$/,
	/^\d{1,9}[.)]?$/,
	// The first line of a code block, whose language is complete with the line. Backticks can also begin a code span.
	/^(?:`{3,}[^`]*|~{3,}.*)$/,
	// The definition of a link, or the box of a task.
	/^\[(?!\^)[^\]]{0,300}(?:\](?::.{0,300})?)?$/,
	/^\[[ xX]\][ \t]*$/,
	// A tag that may be alone on its line.
	/^<[^<>]{0,200}(?:>[ \t]*)?$/,
];

/**
 * Returns how much of a growing text can be shown without showing anything as something else than it will be once its
 * last line is complete: `-` may become a list, a rule, the underline of a heading, or text.
 *
 * @param text its last line is partial
 * @param context the construct at the end of its complete lines
 */
export function decidedLength(text: string, context: LineContext): number {
	const lineStart = text.lastIndexOf("\n") + 1;
	const line = text.slice(lineStart);
	const marks = containerMarks.exec(line)?.[0] ?? "";
	const content = line.slice(marks.length);
	if (context === "code" || context === "codeInContainer") {
		const mayEnd =
			/^(?:`+|~+)[ \t]*$/.test(content) ||
			(context === "codeInContainer" && undecidedLines.some((pattern) => pattern.test(content)));
		return mayEnd ? lineStart : text.length;
	}
	if (context === "text" && /^[-:| \t]*$/.test(content)) {
		const headStart = text.lastIndexOf("\n", lineStart - 2) + 1;
		const head = text.slice(headStart, lineStart).replace(containerMarks, "");
		if (head.startsWith("|")) {
			return headStart;
		}
	}
	const isTableHead = context === "text" && content.startsWith("|");
	if (isTableHead || undecidedLines.some((pattern) => pattern.test(content))) {
		return lineStart;
	}
	const decided = undecidedInline(content);
	return decided === 0 ? lineStart : lineStart + marks.length + decided;
}

/** Returns the construct at the end of a text whose last block is `token`, parsed from complete lines. */
export function contextAfter(token: MarkdownToken | undefined): LineContext {
	const leaf = token && lastLeaf(token);
	if (leaf?.type === "table") {
		return "table";
	}
	if (leaf?.type !== "code" || openFence(leaf as Tokens.Code) === undefined) {
		return "text";
	}
	return leaf === token ? "code" : "codeInContainer";
}

function lastLeaf(token: Token): Token {
	const children =
		token.type === "list" ? (token as Tokens.List).items.at(-1)?.tokens : containerTokens(token);
	const last = children?.findLast(({ type }) => type !== "space");
	return last ? lastLeaf(last) : token;
}

function containerTokens(token: Token): readonly Token[] | undefined {
	return token.type === "blockquote" ? (token as Tokens.Blockquote).tokens : undefined;
}
