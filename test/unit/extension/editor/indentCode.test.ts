import assert from "node:assert/strict";
import { indentCode } from "../../../../src/extension/editor/indentCode";

describe("indentCode", () => {
	it("gives every further line the indentation of the place", () => {
		assert.equal(indentCode("if (a) {\n\tb();\n}\n", "\t"), "if (a) {\n\t\tb();\n\t}");
	});

	it("takes off what all lines share", () => {
		assert.equal(indentCode("    a\n      b\n\n    c", ""), "a\n  b\n\nc");
	});

	it("leaves blank lines blank", () => {
		assert.equal(indentCode("a\n   \nb", "  "), "a\n\n  b");
	});

	it("fits code behind other code to that line's indentation", () => {
		assert.equal(indentCode("{\n  a\n}", "\tconst x = "), "{\n\t  a\n\t}");
	});

	it("knows the line breaks of every system", () => {
		assert.equal(indentCode("a\r\nb\r\n", ""), "a\nb");
	});

	it("takes nothing away where tabs and spaces differ", () => {
		assert.equal(indentCode("\ta\n  b", ""), "\ta\n  b");
	});
});
