import assert from "node:assert/strict";
import { objectionToModel } from "../../../../src/extension/modelPicker/modelObjection";

describe("objectionToModel", () => {
	it("accepts everything that names a model", () => {
		for (const model of [
			"hf:bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M",
			" https://example.com/model.gguf ",
			"/models/tiny.gguf",
			"C:\\models\\tiny.gguf",
		]) {
			assert.equal(objectionToModel(model), undefined, model);
		}
	});

	it("explains what is wrong with other input", () => {
		assert.match(objectionToModel("  ") ?? "", /^Enter a/);
		assert.match(objectionToModel("http://example.com/model.gguf") ?? "", /https/);
		assert.match(objectionToModel("llama") ?? "", /hf:user\/model/);
	});
});
