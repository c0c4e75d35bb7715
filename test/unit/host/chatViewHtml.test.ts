import assert from "node:assert/strict";
import { chatViewHtml } from "../../../src/extension/view/chatViewHtml";

const page = {
	cspSource: "https://*.example-cdn.net",
	nonce: "n0nce",
	scriptUri: "https://file.example-cdn.net/dist/webview.js",
	styleUri: "https://file.example-cdn.net/dist/a.css?x=1&y=2",
};

describe("chatViewHtml", () => {
	const html = chatViewHtml(page);

	it("lets in nothing but the script with the nonce, and the extension's own styles, fonts and images", () => {
		const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
		assert.deepEqual(policy?.split("; "), [
			"default-src 'none'",
			"script-src 'nonce-n0nce'",
			"style-src https://*.example-cdn.net",
			"font-src https://*.example-cdn.net",
			"img-src https://*.example-cdn.net",
			"base-uri 'none'",
			"form-action 'none'",
		]);
	});

	it("has one script, with the nonce, and nothing inline", () => {
		assert.deepEqual(html.match(/<script[^>]*>[^<]*<\/script>/g), [
			`<script type="module" nonce="n0nce" src="${page.scriptUri}"></script>`,
		]);
		assert.doesNotMatch(html, /\sstyle=|<style|\son\w+=/);
	});

	it("asks for two files, since each takes VS Code a way of its own", () => {
		assert.equal(html.match(/\s(?:src|href)=/g)?.length, 2);
	});

	it("holds the chat's element", () => {
		assert.match(html, /<body><chat-app><\/chat-app><\/body>/);
	});

	it("escapes what it is given", () => {
		assert.match(html, /a\.css\?x=1&amp;y=2/);
		const hostile = chatViewHtml({ ...page, cspSource: `"><script>` });
		assert.equal(hostile.match(/<script/g)?.length, 1);
		assert.match(hostile, /style-src &quot;&gt;&lt;script&gt;; font-src/);
	});
});
