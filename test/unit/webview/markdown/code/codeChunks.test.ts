import assert from "node:assert/strict";
import { codeChunks } from "../../../../../src/webview/markdown/code/codeChunks";

const code = Array.from(
	{ length: 400 },
	(_, index) => `${"x".repeat((index * 37) % 90)} // ${index}\n`,
).join("");

describe("codeChunks", () => {
	it("loses nothing, and divides only between lines", () => {
		const chunks = codeChunks(code);
		assert.ok(chunks.length > 5);
		assert.equal(chunks.join(""), code);
		assert.ok(chunks.every((chunk) => chunk.endsWith("\n")));
	});

	it("keeps every chunk except the last while code arrives", () => {
		const chunks = codeChunks(code);
		for (let length = 1; length < code.length; length += 97) {
			const closed = codeChunks(code.slice(0, length)).slice(0, -1);
			assert.deepEqual(closed, chunks.slice(0, closed.length));
		}
	});

	it("makes one chunk of code without line breaks, and of empty code", () => {
		assert.equal(codeChunks("x".repeat(5000)).length, 1);
		assert.deepEqual(codeChunks(""), [""]);
	});
});
