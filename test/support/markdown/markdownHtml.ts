import { groupBlocks } from "../../../src/webview/markdown/block";
import { blockHtml } from "../../../src/webview/markdown/blockHtml";
import { lexMarkdown } from "../../../src/webview/markdown/lexMarkdown";

/** Returns the HTML for a text, before it becomes nodes. */
export function markdownHtml(text: string): string {
	return groupBlocks(lexMarkdown(text, {}).tokens)
		.map(({ tokens }) => blockHtml(tokens))
		.map(({ start, body, end }) => start + body + end)
		.join("");
}

/** Returns the addresses of the links in a text. */
export function linksOf(text: string): readonly string[] {
	return [...markdownHtml(text).matchAll(/data-href="([^"]*)"/g)].map(([, href = ""]) => href);
}
