import assert from "node:assert/strict";
import { RawHtml } from "../../../../../src/webview/markdown/inline/rawHtml";

function rewrite(source: string): string {
	const raw = new RawHtml();
	return raw.write(source) + raw.end();
}

describe("RawHtml", () => {
	it("keeps allowed tags, in lower case and with their allowed attributes", () => {
		assert.equal(rewrite("<KBD>Ctrl</KBD><br/>"), "<kbd>Ctrl</kbd><br>");
		assert.equal(rewrite("<td colspan=2 ALIGN='center'>"), '<td colspan="2" align="center"></td>');
	});

	it("drops decorative attributes", () => {
		assert.equal(rewrite('<span class="a" id=b width=1>x</span>'), "<span>x</span>");
	});

	it("shows a tag that is not allowed, and its end tag, as text", () => {
		assert.equal(rewrite("<foo>x</foo>"), "&lt;foo&gt;x&lt;/foo&gt;");
	});

	it("shows a tag with any other attribute as text", () => {
		assert.equal(rewrite("<b onclick=x()>y</b>"), "&lt;b onclick=x()&gt;y&lt;/b&gt;");
	});

	it("shows everything inside a script as text", () => {
		assert.equal(
			rewrite("<script>a<b>&amp;</b></script><b>c</b>"),
			"&lt;script&gt;a&lt;b&gt;&amp;amp;&lt;/b&gt;&lt;/script&gt;<b>c</b>",
		);
	});

	it("closes open tags, innermost first", () => {
		assert.equal(rewrite("<b><i>x"), "<b><i>x</i></b>");
		assert.equal(rewrite("<b><i>x</b>y</i>"), "<b><i>x</i></b>y&lt;/i&gt;");
	});

	it("turns an image into a link that loads nothing", () => {
		assert.equal(
			rewrite('<img src="https://example.com/a.png" alt="A">'),
			'<a data-image="" data-href="https://example.com/a.png">A</a>',
		);
	});

	it("keeps a container open for the blocks that follow, and nothing else", () => {
		const raw = new RawHtml();
		assert.equal(raw.write("<details><b>") + raw.endBlock(), "<details><b></b>");
		assert.equal(raw.isContainerOpen, true);
		assert.equal(raw.write("</details>"), "</details>");
		assert.equal(raw.isContainerOpen, false);
	});

	it("closes a link, and the containers inside it, with its block, so that no code buttons are in a link", () => {
		const raw = new RawHtml();
		const html = raw.write('<div><a href="https://example.com"><div><b>') + raw.endBlock();
		assert.equal(html, '<div><a data-href="https://example.com"><div><b></b></div></a>');
		assert.equal(raw.isContainerOpen, true);
		assert.equal(raw.write("</div></a></div>"), "</div>&lt;/a&gt;&lt;/div&gt;");
	});

	it("escapes what only looks like a tag", () => {
		assert.equal(
			rewrite("a < b > c <1> &amp; & <a"),
			"a &lt; b &gt; c &lt;1&gt; &amp; &amp; &lt;a",
		);
	});

	// A quadratic scan of 100,000 characters takes far longer than Mocha's limit for a test.
	it("shows unfinished tags as text, however many there are", () => {
		for (const source of ["<!-- ", "<b x='", "<a ", '<a b="', "</", "<a a=a a"]) {
			const html = rewrite(source.repeat(20_000));
			assert.ok(!html.includes("<"), source);
			assert.ok(html.length > 20_000, source);
		}
	});
});
