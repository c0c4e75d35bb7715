import assert from "node:assert/strict";
import { toHistory } from "../../../src/inference/llama/prompt";
import type { AnswerBeginning } from "../../../src/protocol/inference";

describe("toHistory", () => {
	it("joins users' messages that follow each other, so that roles alternate", () => {
		const history = toHistory(
			[
				{ role: "system", text: "Be brief." },
				{ role: "user", text: "one" },
				{ role: "assistant", text: "1" },
				{ role: "user", text: "two" },
				{ role: "user", text: "three" },
				{ role: "user", text: "four" },
				{ role: "assistant", text: "4" },
				{ role: "user", text: "five" },
			],
			true,
		);
		assert.deepEqual(history, [
			{ type: "system", text: "Be brief." },
			{ type: "user", text: "one" },
			{ type: "model", response: ["1"] },
			{ type: "user", text: "two\n\nthree\n\nfour" },
			{ type: "model", response: ["4"] },
			{ type: "user", text: "five" },
		]);
	});

	const question = { role: "user", text: "why" } as const;
	const put = (beginning: Omit<AnswerBeginning, "role">, knowsThoughts = true): unknown =>
		toHistory([question, { role: "assistant", ...beginning }], knowsThoughts).slice(1);

	it("ends with the beginning of an answer, its white space included", () => {
		assert.deepEqual(put({ text: " So \n" }), [{ type: "model", response: [" So \n"] }]);
	});

	it("leaves a thought open while there is no reply, and closes it before one", () => {
		const segment = { type: "segment", segmentType: "thought", text: "Hm" };
		assert.deepEqual(put({ text: "", thought: "Hm" }), [
			{ type: "model", response: [{ ...segment, ended: false }] },
		]);
		assert.deepEqual(put({ text: "So", thought: "Hm" }), [
			{ type: "model", response: [{ ...segment, ended: true }, "So"] },
		]);
	});

	it("leaves out a thought that the model's template has no place for", () => {
		assert.deepEqual(put({ text: "So", thought: "Hm" }, false), [
			{ type: "model", response: ["So"] },
		]);
		assert.deepEqual(put({ text: "", thought: "Hm" }, false), []);
	});

	it("begins afresh where nothing has come of an answer", () => {
		assert.deepEqual(put({ text: "" }), []);
		assert.deepEqual(put({ text: "", thought: "" }), []);
	});
});
