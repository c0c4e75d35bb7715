import assert from "node:assert/strict";
import { markdownHtml } from "../../../../support/markdown/markdownHtml";

/** The content of a tag, and its HTML. */
const contents: Readonly<Record<string, string>> = {
	"1. b": "<ol><li>b</li></ol>",
	"- a\n- b": "<ul><li>a</li><li>b</li></ul>",
	text: "<p>text</p>",
	"**a**": "<p><strong>a</strong></p>",
	"## T": "<h2>T</h2>",
	"> q": "<blockquote><p>q</p></blockquote>",
	"```js\nx\n```": '<pre data-code="js"><code>x\n</code></pre>',
	"| a |\n|---|\n| 1 |":
		"<table data-rows><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
};

/** The start tag and the end tag. */
const tags: readonly (readonly [string, string])[] = [
	["<result>", "</result>"],
	["<tool_call>", "</tool_call>"],
	['<step id="1">', "</step>"],
	["<function=search>", "</function>"],
	["<section>", "</section>"],
	["<ns:answer>", "</ns:answer>"],
	[" <my-plan>", " </my-plan>"],
];

function typed(tag: string): string {
	return `<p>${tag.trim().replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")}</p>`;
}

describe("A tag that is not HTML, on a separate line", () => {
	for (const [begin, end] of tags) {
		for (const [content, html] of Object.entries(contents)) {
			it(`is shown as typed, with Markdown inside: ${begin}, ${JSON.stringify(content)}`, () => {
				const expected = typed(begin) + html + typed(end);
				assert.equal(markdownHtml(`${begin}\n${content}\n${end}`), expected);
				assert.equal(
					markdownHtml(`Before\n${begin}\n${content}\n${end}\nAfter`),
					`<p>Before</p>${expected}<p>After</p>`,
				);
				assert.equal(markdownHtml(`${begin}\n\n${content}\n\n${end}\n`), expected);
			});
		}
	}

	it("is shown as typed in a list item, too", () => {
		assert.equal(
			markdownHtml("- <result>\n  - a\n  </result>\n- b"),
			"<ul><li><p>&lt;result&gt;</p><ul><li>a</li></ul><p>&lt;/result&gt;</p></li><li>b</li></ul>",
		);
	});

	it("is text in code, and beside other words", () => {
		assert.equal(
			markdownHtml("```\n<result>\n1. b\n```"),
			'<pre data-code=""><code>&lt;result&gt;\n1. b\n</code></pre>',
		);
		assert.equal(markdownHtml("<a1>b</a1>"), "<p>&lt;a1&gt;b&lt;/a1&gt;</p>");
		assert.equal(markdownHtml("a <ns:b> c"), "<p>a &lt;ns:b&gt; c</p>");
	});

	it("leaves HTML and addresses in angle brackets as they are", () => {
		assert.equal(markdownHtml("<div>\n1. b\n</div>"), "<div>\n1. b\n</div>");
		assert.match(markdownHtml("<https://example.com>\ntext"), /^<p><a .*<br>text<\/p>$/);
	});

	// A pattern that matches a line in several ways would take exponential time.
	it("is searched for in linear time", () => {
		for (const line of ["a <b c d\n", "> a\n", "| a | <b |\n", "</a b\n", "<a =\n"]) {
			markdownHtml(line.repeat(3000));
		}
	});
});
