import assert from "node:assert/strict";
import { chatViewHtml, type ChatPageParts } from "../../../../src/extension/view/chatViewHtml";

const page: ChatPageParts = {
	cspSource: "https://*.example-cdn.net",
	nonce: "n0nce",
	language: "en",
	translation: undefined,
	direction: "ltr",
	drawsDiagrams: false,
	style: "a > b { color: red }",
	earlyScript: 'const text = "$& <b> &amp;";',
	scriptUri: "https://file.example-cdn.net/dist/webview.js?x=1&y=2",
};

describe("chatViewHtml", () => {
	const html = chatViewHtml(page);

	it("allows only scripts and styles with the nonce, and the extension's own fonts and images", () => {
		const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
		assert.deepEqual(policy?.split("; "), [
			"default-src 'none'",
			"script-src 'nonce-n0nce'",
			"style-src 'nonce-n0nce'",
			"font-src https://*.example-cdn.net",
			"img-src https://*.example-cdn.net",
			"base-uri 'none'",
			"form-action 'none'",
		]);
	});

	it("contains style and script verbatim, and no inline style or handler", () => {
		assert.ok(html.includes(`<style nonce="n0nce">${page.style}</style>`));
		assert.match(html, /<script nonce="n0nce" [^>]*>const text = "\$& <b> &amp;";<\/script>/);
		assert.equal(html.match(/<script/g)?.length, 1);
		assert.doesNotMatch(html, /\sstyle=|\son\w+=/);
	});

	it("requests no file, which would delay the page by a round trip", () => {
		assert.doesNotMatch(html, /\s(?:src|href)=/);
	});

	it("contains the URI of the chat's script", () => {
		assert.match(
			html,
			/ data-module="https:\/\/file\.example-cdn\.net\/dist\/webview\.js\?x=1&amp;y=2">/,
		);
	});

	it("states the writing direction, and whether diagrams are drawn", () => {
		assert.match(html, /<html lang="en" dir="ltr">/);
		const other = chatViewHtml({ ...page, direction: "rtl", drawsDiagrams: true });
		assert.match(other, /<html lang="en" dir="rtl" data-draws-diagrams>/);
	});

	it("states its language and contains the translation", () => {
		const translation = { 'Say "{0}" & go': "Di «{0}» <ya>" };
		const spanish = chatViewHtml({
			...page,
			language: "es",
			translation: JSON.stringify(translation),
		});
		const [, kept] = /<html lang="es" dir="ltr" data-translation="([^"<>]*)">/.exec(spanish) ?? [];
		const read = kept
			?.replaceAll("&quot;", '"')
			.replaceAll("&lt;", "<")
			.replaceAll("&gt;", ">")
			.replaceAll("&amp;", "&");
		assert.deepEqual(JSON.parse(read ?? ""), translation);
	});

	it("contains the chat's element", () => {
		assert.match(html, /<body><chat-app><\/chat-app>/);
	});

	it("escapes its values", () => {
		const hostile = `"><script>`;
		const made = chatViewHtml({ ...page, cspSource: hostile, nonce: hostile, scriptUri: hostile });
		assert.equal(made.match(/<script/g)?.length, 1);
		assert.match(made, /font-src &quot;&gt;&lt;script&gt;; img-src/);
	});
});
