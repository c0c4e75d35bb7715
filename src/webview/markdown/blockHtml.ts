import type { Token, Tokens } from "marked";
import { assertNever } from "../../protocol/assertNever";
import { codeText } from "./code/codeChunks";
import type { FormulaToken, MarkdownToken } from "./formula/formulaTokens";
import { escapeLiteral, escapeText } from "./inline/escapeHtml";
import { isInventedTag } from "./inline/inventedTags";
import { imageHtml, linkStart } from "./inline/linkHtml";
import { RawHtml } from "./inline/rawHtml";

/** The HTML of a block. The `body` of a list, a table, or fenced code can be joined with that of a later piece. */
export interface BlockHtml {
	readonly start: string;
	readonly body: string;
	readonly end: string;
}

/**
 * Renders the tokens of one block as HTML in which every tag is ours or allowed by `rawHtml`.
 *
 * What needs more than markup becomes a placeholder for `renderBlock`: `a[data-href]`, `pre[data-code]` (its value is
 * the language), `span[data-task]` ("x" if done), `span[data-formula]` (its text is the source), and `table[data-
 * rows]`.
 */
export function blockHtml(tokens: readonly Token[]): BlockHtml {
	const [token] = tokens as readonly MarkdownToken[];
	if (tokens.length === 1) {
		switch (token?.type) {
			case "list":
				return listHtml(token);
			case "table":
				return tableHtml(token);
			case "code":
				return codeHtml(token);
			default:
		}
	}
	return { start: "", body: flowHtml(tokens, true), end: "" };
}

/** @param loose whether text is wrapped in paragraphs */
function flowHtml(tokens: readonly Token[], loose: boolean): string {
	const raw = new RawHtml();
	let html = "";
	for (const token of tokens as readonly MarkdownToken[]) {
		if (token.type !== "html") {
			html += flowToken(token, loose);
		} else if (isInventedTag(token.text)) {
			html += `<p>${escapeLiteral(token.text.trim())}</p>`;
		} else {
			html += raw.write(token.text) + raw.endBlock();
		}
	}
	return html + raw.end();
}

function flowToken(token: MarkdownToken, loose: boolean): string {
	switch (token.type) {
		case "blockquote":
			return `<blockquote>${flowHtml(token.tokens, true)}</blockquote>`;
		case "code":
			return joined(codeHtml(token));
		case "heading":
			return `<h${token.depth}>${inlineHtml(token.tokens)}</h${token.depth}>`;
		case "hr":
			return "<hr>";
		case "list":
			return joined(listHtml(token));
		case "table":
			return joined(tableHtml(token));
		case "paragraph":
			return `<p>${inlineHtml(token.tokens)}</p>`;
		case "text": {
			const inline = inlineHtml(token.tokens ?? [token]);
			return loose ? `<p>${inline}</p>` : inline;
		}
		case "formula":
			return `<p>${formulaHtml(token)}</p>`;
		case "space":
		case "def":
			return "";
		default:
			return inlineHtml([token]);
	}
}

function joined({ start, body, end }: BlockHtml): string {
	return start + body + end;
}

function codeHtml(token: Tokens.Code): BlockHtml {
	const language = /^\S*/.exec(token.lang ?? "")?.[0] ?? "";
	return {
		start: `<pre data-code="${escapeLiteral(language)}"><code>`,
		body: escapeLiteral(codeText(token)),
		end: "</code></pre>",
	};
}

function listHtml(token: Tokens.List): BlockHtml {
	const tag = token.ordered ? "ol" : "ul";
	const number = token.ordered && token.start !== 1 ? ` start="${token.start}"` : "";
	return {
		start: `<${tag}${number}>`,
		body: token.items.map((item) => `<li>${flowHtml(item.tokens, token.loose)}</li>`).join(""),
		end: `</${tag}>`,
	};
}

function tableHtml(token: Tokens.Table): BlockHtml {
	const cells = (row: readonly Tokens.TableCell[], tag: string): string =>
		row
			.map(({ align, tokens }) => {
				const attribute = align ? ` align="${align}"` : "";
				return `<${tag}${attribute}>${inlineHtml(tokens)}</${tag}>`;
			})
			.join("");
	return {
		start: `<table data-rows><thead><tr>${cells(token.header, "th")}</tr></thead><tbody>`,
		body: token.rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join(""),
		end: "</tbody></table>",
	};
}

/** An incomplete formula shows as its source. */
function formulaHtml({ source: written, tex, isDisplay }: FormulaToken): string {
	const source = escapeLiteral(written);
	return tex === undefined
		? source
		: `<span data-formula="${isDisplay ? "display" : "inline"}" data-tex="${escapeLiteral(tex)}">${source}</span>`;
}

/** @param inLink whether it is inside a link, which cannot contain another */
function inlineHtml(tokens: readonly Token[], inLink = false): string {
	const raw = new RawHtml();
	let html = "";
	for (const token of tokens as readonly MarkdownToken[]) {
		if (token.type === "html" || raw.isOpaque) {
			html += raw.write(token.raw);
		} else {
			html += inlineToken(token, inLink);
		}
	}
	return html + raw.end();
}

function inlineToken(token: MarkdownToken, inLink: boolean): string {
	switch (token.type) {
		case "formula":
			return formulaHtml(token);
		case "strong":
		case "em":
		case "del":
			return `<${token.type}>${inlineHtml(token.tokens, inLink)}</${token.type}>`;
		case "codespan":
			return `<code>${escapeLiteral(token.text)}</code>`;
		case "br":
			return "<br>";
		case "checkbox":
			return `<span data-task="${token.checked ? "x" : ""}"></span>`;
		case "link":
			return token.autolink === true
				? `${linkStart(escapeLiteral(token.href), undefined)}${escapeLiteral(token.text)}</a>`
				: `${linkStart(escapeText(token.href), token.title)}${inlineHtml(token.tokens, true)}</a>`;
		case "image":
			return inLink
				? escapeText(token.text || token.href)
				: imageHtml(escapeText(token.href), escapeText(token.text || token.href), token.title);
		case "text":
			// `escaped` is not trusted: marked sets it inside <pre>, <code>, <kbd> and <script>.
			return token.tokens ? inlineHtml(token.tokens, inLink) : escapeText(token.text);
		case "escape":
			return escapeText(token.text);
		case "html":
		case "blockquote":
		case "code":
		case "def":
		case "heading":
		case "hr":
		case "list":
		case "list_item":
		case "paragraph":
		case "space":
		case "table":
			return escapeLiteral(token.raw);
		default:
			return assertNever(token);
	}
}
