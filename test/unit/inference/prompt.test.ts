import assert from "node:assert/strict";
import { toHistory } from "../../../src/inference/llama/prompt";

describe("toHistory", () => {
	it("joins users' messages that follow each other, so that roles alternate", () => {
		const history = toHistory([
			{ role: "system", text: "Be brief." },
			{ role: "user", text: "one" },
			{ role: "assistant", text: "1" },
			{ role: "user", text: "two" },
			{ role: "user", text: "three" },
			{ role: "user", text: "four" },
			{ role: "assistant", text: "4" },
			{ role: "user", text: "five" },
		]);
		assert.deepEqual(history, [
			{ type: "system", text: "Be brief." },
			{ type: "user", text: "one" },
			{ type: "model", response: ["1"] },
			{ type: "user", text: "two\n\nthree\n\nfour" },
			{ type: "model", response: ["4"] },
			{ type: "user", text: "five" },
		]);
	});
});
