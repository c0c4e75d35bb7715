import assert from "node:assert/strict";
import { plainLine } from "../../../../src/protocol/text/plainLine";

describe("A line of somebody else's words", () => {
	it("keeps the joiners inside words and emoji, and nothing else that cannot be seen", () => {
		for (const text of ["👨\u200d👩\u200d👧 family", "می\u200cخواهم", "क्\u200dष"]) {
			assert.equal(plainLine(text, 80), text);
		}
		assert.equal(plainLine("a\u200db", 80), "a b");
		assert.equal(plainLine("x\u200d", 80), "x");
		assert.equal(plainLine("\u200d\u200d\u200dz", 80), "z");
		assert.equal(plainLine("ab\u202ecd\r\nef\u0007", 80), "ab cd ef");
	});

	it("is bounded, and never ends in half of a character", () => {
		const line = plainLine("😀".repeat(1_000_000), 10);
		assert.equal(line, "😀😀😀😀…");
	});
});
