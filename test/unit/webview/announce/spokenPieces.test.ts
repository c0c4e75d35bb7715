import assert from "node:assert/strict";
import { spokenPieces } from "../../../../src/webview/announce/spokenPieces";

describe("a text for screen readers", () => {
	const line = `${"word ".repeat(59)}end\n`;

	for (const [what, text] of Object.entries({
		"short words": "Copied",
		"long text of lines": line.repeat(20),
		"one long line": "word ".repeat(2000).trim(),
		"one long word": "x".repeat(5000),
		"characters of two units": "🚢".repeat(4500),
		nothing: "",
	})) {
		it(`is complete, in pieces of at most 2,000 characters: ${what}`, () => {
			const pieces = spokenPieces(text);
			assert.equal(pieces.join(""), text);
			for (const piece of pieces) {
				const { length } = Array.from(piece);
				assert.ok(length > 0 && length <= 2000, `a piece of ${length}`);
				assert.doesNotMatch(piece, /\p{Surrogate}/u, "no character is cut in two");
			}
		});
	}

	it("is cut at the end of a line", () => {
		const pieces = spokenPieces(line.repeat(20));
		assert.deepEqual(
			pieces.filter((piece) => !piece.endsWith("end\n")),
			[],
		);
	});

	it("is cut between two words if a line is too long", () => {
		const pieces = spokenPieces("word ".repeat(2000).trim());
		assert.deepEqual(
			pieces.filter((piece) => !/^word .* word ?$/.test(piece)),
			[],
		);
	});
});
