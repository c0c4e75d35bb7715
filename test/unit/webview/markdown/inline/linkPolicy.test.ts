import assert from "node:assert/strict";
import { openableUrl } from "../../../../../src/webview/markdown/inline/linkPolicy";

describe("openableUrl", () => {
	it("returns http and https addresses in their normal form", () => {
		assert.equal(openableUrl("HTTPS://Example.com/a b"), "https://example.com/a%20b");
		assert.equal(openableUrl("http://[::1]:80/"), "http://[::1]/");
	});

	it("shows the real target of a look-alike name", () => {
		assert.equal(openableUrl("https://ex\u0430mple.com"), "https://xn--exmple-4nf.com/");
	});

	it("opens nothing else", () => {
		for (const target of [
			...[
				"javascript:alert(1)",
				"java\nscript:alert(1)",
				" javascript:x",
				"data:text/html,x",
				"vbscript:x",
			],
			...[
				"command:x",
				"vscode://x",
				"file:///etc/passwd",
				"ftp://a/b",
				"mailto:a@b.c",
				"//example.com",
			],
			...["src/a.ts", "#a", "", "https://", "https:example.com", "http://a b c/"],
		]) {
			assert.equal(openableUrl(target), undefined, target);
		}
	});

	it("rejects an address whose user name looks like its host", () => {
		assert.equal(openableUrl("https://example.com@attacker.invalid/"), undefined);
		assert.equal(openableUrl("https://example.com%2F:x@attacker.invalid/"), undefined);
	});

	it("rejects an address that is too long for the host", () => {
		assert.equal(openableUrl(`https://example.com/${"a".repeat(9000)}`), undefined);
	});
});
