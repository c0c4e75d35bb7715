import assert from "node:assert/strict";
import { chatViewHtml } from "../../../src/extension/view/chatViewHtml";

const page = {
	cspSource: "https://*.example-cdn.net",
	nonce: "n0nce",
	script: 'const text = "$& <b> &amp;";',
	style: "a > b { color: red }",
	imports: { "./more.js": "https://file.example-cdn.net/dist/more.js?x=1&y=2" },
};

describe("chatViewHtml", () => {
	const html = chatViewHtml(page);

	it("lets in nothing but scripts and styles with the nonce, and the extension's own fonts and images", () => {
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

	it("holds script and style as they are, and asks for no file, which would take VS Code a way of its own", () => {
		assert.ok(html.includes(`<script type="module" nonce="n0nce">${page.script}</script>`));
		assert.ok(html.includes(`<style nonce="n0nce">${page.style}</style>`));
		assert.doesNotMatch(html, /\s(?:src|href)=/);
	});

	it("has no script but the module and the names for what it asks for later, and no style or handler of an element", () => {
		assert.equal(html.match(/<script/g)?.length, 2);
		assert.doesNotMatch(html, /\sstyle=|\son\w+=/);
	});

	it("says where to find what the script asks for later", () => {
		const [, map] = /<script type="importmap" nonce="n0nce">([^<]*)<\/script>/.exec(html) ?? [];
		assert.deepEqual(JSON.parse(map ?? ""), { imports: page.imports });
	});

	it("holds the chat's element", () => {
		assert.match(html, /<body><chat-app><\/chat-app><\/body>/);
	});

	it("escapes what it is given", () => {
		const hostile = `"><script>`;
		const imports = { "./more.js": "</script><script>" };
		const made = chatViewHtml({ ...page, cspSource: hostile, nonce: hostile, imports });
		assert.equal(made.match(/<script/g)?.length, 2);
		assert.match(made, /font-src &quot;&gt;&lt;script&gt;; img-src/);
		const [, map] = /<script type="importmap"[^>]*>([^<]*)<\/script>/.exec(made) ?? [];
		assert.deepEqual(JSON.parse(map ?? ""), { imports });
	});
});
