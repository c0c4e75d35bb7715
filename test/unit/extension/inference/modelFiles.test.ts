import assert from "node:assert/strict";
import { modelDisplayName } from "../../../../src/extension/inference/modelFiles";

describe("the name of a model", () => {
	for (const [setting, name] of [
		["", "No model"],
		["/models/tiny-chat.gguf", "tiny-chat"],
		["/models/Tiny Chat.Q4_K_M.GGUF", "Tiny Chat.Q4_K_M"],
		["C:\\models\\tiny-chat.gguf", "tiny-chat"],
		["\\\\server\\models\\tiny-chat.gguf", "tiny-chat"],
		["/models/big-Q4_K_M-00001-of-00003.gguf", "big-Q4_K_M"],
		["hf:bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M", "Llama-3.2-3B-Instruct Q4_K_M"],
		["hf:bartowski/Llama-3.2-3B-Instruct-GGUF", "Llama-3.2-3B-Instruct"],
		["hf:someone/models/folder/big-00001-of-00002.gguf", "big"],
		["https://models.example/tiny-chat.gguf?download=true", "tiny-chat"],
		[`/ollama/blobs/sha256-${"a".repeat(64)}`, "Ollama model aaaaaaaaaaaa"],
	] as const) {
		it(`is “${name}” for the setting “${setting}”`, () => {
			assert.equal(modelDisplayName(setting), name);
		});
	}

	it("is the name under which it was chosen, if that is known", () => {
		assert.equal(modelDisplayName("/ollama/blobs/sha256-x", "llama3.2:3b"), "llama3.2:3b");
	});
});
