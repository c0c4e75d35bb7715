import assert from "node:assert/strict";
import { blockHtml } from "../../../../../src/webview/markdown/blockHtml";
import { formulasIn } from "../../../../../src/webview/markdown/formula/formulaSource";
import { lexMarkdown } from "../../../../../src/webview/markdown/lexMarkdown";

/** Returns the page's HTML of a text with marked formulas. */
function read(text: string, isOpen = false): string {
	const { tokens } = lexMarkdown(text, {}, isOpen);
	return tokens
		.map((token) => {
			const { start, body, end } = blockHtml([token]);
			return start + body + end;
		})
		.join("")
		.replace(/<span data-formula="(\w+)" data-tex="[^"]*">([^<]*)<\/span>/g, "⟦$1 $2⟧");
}

describe("A formula", () => {
	it("is recognized between its delimiters, inline and on separate lines", () => {
		assert.equal(read("So \\(x\\) is."), "<p>So ⟦inline \\(x\\)⟧ is.</p>");
		assert.equal(read("\\[x^2\\]"), "<p>⟦display \\[x^2\\]⟧</p>");
		assert.equal(read("$$\na = b\n$$"), "<p>⟦display $$\na = b\n$$⟧</p>");
		assert.equal(
			read("Text:\n\\[\na\n\\]\nmore"),
			"<p>Text:</p><p>⟦display \\[\na\n\\]⟧</p><p>more</p>",
		);
		assert.equal(
			read("**\\(a*b\\)** and *\\(c*d\\)*"),
			"<p><strong>⟦inline \\(a*b\\)⟧</strong> and <em>⟦inline \\(c*d\\)⟧</em></p>",
		);
		assert.equal(read("- \\(a\\)\n- b"), "<ul><li>⟦inline \\(a\\)⟧</li><li>b</li></ul>");
		assert.equal(
			read("1. Area\n   \\[\n   - r\n   \\]"),
			"<ol><li>Area<p>⟦display \\[\n- r\n\\]⟧</p></li></ol>",
		);
		assert.equal(
			read("| a |\n|---|\n| \\(x\\) |"),
			"<table data-rows><thead><tr><th>a</th></tr></thead><tbody><tr><td>⟦inline \\(x\\)⟧</td></tr></tbody></table>",
		);
	});

	it("is found after code that contains its delimiters, and with characters that words have, too", () => {
		assert.equal(read("`$$` then $$x^2$$"), "<p><code>$$</code> then ⟦display $$x^2$$⟧</p>");
		assert.equal(read("``a ` b`` \\(x-1\\)"), "<p><code>a ` b</code> ⟦inline \\(x-1\\)⟧</p>");
		assert.equal(
			read("\\[a - b\\] \\(a/b\\) $$n!$$"),
			"<p>⟦display \\[a - b\\]⟧ ⟦inline \\(a/b\\)⟧ ⟦display $$n!$$⟧</p>",
		);
	});

	it("may contain lines that elsewhere would begin a list, a heading, or a rule", () => {
		const text = "\\[\na\n- b\n+ c\n= d\n---\n# e\n1. f\n\\]";
		assert.equal(read(text), `<p>⟦display ${text}⟧</p>`);
	});

	it("is not recognized in code, escaped text, empty delimiters, or amounts of money", () => {
		for (const text of [
			"`\\(x\\)`",
			"```\n\\[x\\]\n```",
			"It costs $5 and $10.",
			"$x$",
			"\\(\\)",
			"\\[ \\]",
			"$$$$",
			"\\\\(x\\\\)",
			"kill $$ or echo $$",
			"\\(optional\\)",
			"as shown \\[1\\] and \\[2, 3\\]",
			"\\(see-also\\) and \\(and/or\\) and \\[Hello!\\]",
			"cost $$5-$$10",
			"`$$` is the process-id",
			"\\[text\\](https://example.com)",
			"\\(x",
			"a \\(b\n\nc\\) d",
			"$$ a\n\nb $$",
		]) {
			assert.doesNotMatch(read(text), /⟦/, text);
		}
	});

	it("ends at its own delimiter, after TeX line breaks and other brackets", () => {
		const tex = (text: string): string | undefined => formulasIn(text, false)[0]?.tex;
		assert.equal(tex("\\(f(x) \\\\) y\\) z"), "f(x) \\\\) y");
		assert.equal(tex("\\[\\left[a\\right]\\]"), "\\left[a\\right]");
		assert.equal(tex("$$a \\$ b$$"), "a \\$ b");
	});

	it("shows its source while it is incomplete at the end of the text", () => {
		assert.equal(read("So \\(x_1 + *y", true), "<p>So \\(x_1 + *y</p>");
		assert.equal(read("\\[\n- a\n# b", true), "<p>\\[\n- a\n# b</p>");
		assert.equal(read("Text\n$$\n- a", true), "<p>Text</p><p>$$\n- a</p>");
		assert.equal(read("\\(x\n\nMore", true), "<p>(x</p><p>More</p>");
		assert.equal(read("So \\(x"), "<p>So (x</p>");
	});

	it("is searched for in time that the length of the text bounds", () => {
		for (const piece of ["\\(", "\\[", "$$", "$$a", "\n\\[", "\n$$ b"]) {
			const text = piece.repeat(5_000);
			assert.equal(
				lexMarkdown(text, {})
					.tokens.map(({ raw }) => raw)
					.join(""),
				text,
			);
		}
	});
});
