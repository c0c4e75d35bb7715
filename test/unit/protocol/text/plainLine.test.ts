import assert from "node:assert/strict";
import { plainLine } from "../../../../src/protocol/text/plainLine";

describe("plainLine", () => {
	it("removes invisible characters except the joiners inside words and emoji", () => {
		for (const text of ["👨\u200d👩\u200d👧 family", "می\u200cخواهم", "क्\u200dष"]) {
			assert.equal(plainLine(text, 80), text);
		}
		assert.equal(plainLine("a\u200db", 80), "a b");
		assert.equal(plainLine("x\u200d", 80), "x");
		assert.equal(plainLine("\u200d\u200d\u200dz", 80), "z");
		assert.equal(plainLine("ab\u202ecd\r\nef\u0007", 80), "ab cd ef");
	});

	it("is bounded, and never splits a surrogate pair", () => {
		const line = plainLine("😀".repeat(1_000_000), 10);
		assert.equal(line, "😀😀😀😀…");
	});
});
