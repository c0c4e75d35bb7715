import assert from "node:assert/strict";
import { RawHtml } from "../../../../../src/webview/markdown/inline/rawHtml";

function rewrite(source: string): string {
	const raw = new RawHtml();
	return raw.write(source) + raw.end();
}

describe("RawHtml", () => {
	it("keeps tags on the list, in lower case and with the attributes on the list", () => {
		assert.equal(rewrite("<KBD>Ctrl</KBD><br/>"), "<kbd>Ctrl</kbd><br>");
		assert.equal(rewrite("<td colspan=2 ALIGN='center'>"), '<td colspan="2" align="center"></td>');
	});

	it("drops attributes that only decorate", () => {
		assert.equal(rewrite('<span class="a" id=b width=1>x</span>'), "<span>x</span>");
	});

	it("shows a tag that is not on the list, and its end tag", () => {
		assert.equal(rewrite("<foo>x</foo>"), "&lt;foo&gt;x&lt;/foo&gt;");
	});

	it("shows a tag with any other attribute", () => {
		assert.equal(rewrite("<b onclick=x()>y</b>"), "&lt;b onclick=x()&gt;y&lt;/b&gt;");
	});

	it("shows everything inside a script as it is written", () => {
		assert.equal(
			rewrite("<script>a<b>&amp;</b></script><b>c</b>"),
			"&lt;script&gt;a&lt;b&gt;&amp;amp;&lt;/b&gt;&lt;/script&gt;<b>c</b>",
		);
	});

	it("ends what was begun, innermost first", () => {
		assert.equal(rewrite("<b><i>x"), "<b><i>x</i></b>");
		assert.equal(rewrite("<b><i>x</b>y</i>"), "<b><i>x</i></b>y&lt;/i&gt;");
	});

	it("makes an image a link that loads nothing", () => {
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

	it("ends a link with its block, and so the containers inside it: no code's buttons lie in a link", () => {
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

	// What a quadratic scan of 100,000 characters takes is far over mocha's own limit for a test.
	it("shows half-open tags without end as text, however many there are", () => {
		for (const source of ["<!-- ", "<b x='", "<a ", '<a b="', "</", "<a a=a a"]) {
			const html = rewrite(source.repeat(20_000));
			assert.ok(!html.includes("<"), source);
			assert.ok(html.length > 20_000, source);
		}
	});
});
