import assert from "node:assert/strict";
import { indentCode } from "../../../../src/extension/editor/indentCode";

describe("indentCode", () => {
	it("indents every further line like the target line", () => {
		assert.equal(indentCode("if (a) {\n\tb();\n}\n", "\t"), "if (a) {\n\t\tb();\n\t}");
	});

	it("removes the indentation that all lines share", () => {
		assert.equal(indentCode("    a\n      b\n\n    c", ""), "a\n  b\n\nc");
	});

	it("leaves blank lines blank", () => {
		assert.equal(indentCode("a\n   \nb", "  "), "a\n\n  b");
	});

	it("indents code after other code like that line", () => {
		assert.equal(indentCode("{\n  a\n}", "\tconst x = "), "{\n\t  a\n\t}");
	});

	it("accepts the line breaks of every system", () => {
		assert.equal(indentCode("a\r\nb\r\n", ""), "a\nb");
	});

	it("removes nothing if tabs and spaces differ", () => {
		assert.equal(indentCode("\ta\n  b", ""), "\ta\n  b");
	});
});
