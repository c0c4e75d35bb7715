import assert from "node:assert/strict";
import { lexMarkdown } from "../../../../src/webview/markdown/lexMarkdown";

describe("lexMarkdown", () => {
	// For 100,000 of these characters, marked would take far longer than Mocha's limit for a test.
	it("treats a paragraph of only delimiters as plain text", () => {
		for (const piece of ["_**a", "**_a ", "a_", "**a "]) {
			const text = piece.repeat(100_000 / piece.length).trim();
			const [paragraph] = lexMarkdown(text, {}).tokens;
			assert.ok(paragraph?.type === "paragraph", piece);
			assert.deepEqual(
				paragraph.tokens.map(({ type, raw }) => ({ type, raw })),
				[{ type: "text", raw: text }],
			);
		}
	});

	it("reads a long paragraph with much emphasis", () => {
		const [paragraph] = lexMarkdown(
			"Some **strong** words with `code` in them. ".repeat(400),
			{},
		).tokens;
		assert.ok(paragraph?.type === "paragraph");
		assert.equal(paragraph.tokens.filter(({ type }) => type === "strong").length, 400);
	});

	it("parses a block independently of tags that were left open before it", () => {
		const block = "See https://example.com & <more>.";
		const [alone] = lexMarkdown(block, {}).tokens;
		for (const tag of ['<a href="https://example.com">', "<code>", "<kbd>"]) {
			assert.deepEqual(lexMarkdown(`Open ${tag} tag\n\n${block}`, {}).tokens.at(-1), alone, tag);
		}
	});
});
