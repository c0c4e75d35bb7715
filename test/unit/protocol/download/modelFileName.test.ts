import assert from "node:assert/strict";
import { quantizationIn } from "../../../../src/protocol/download/modelFileName";

describe("The quantization in a name", () => {
	for (const [name, quantization] of [
		["Llama-3.2-3B-Instruct-Q4_K_M", "Q4_K_M"],
		["qwen2.5-coder-7b-instruct-q5_k_s", "Q5_K_S"],
		["tinyllama-1.1b-chat-v1.0.Q8_0", "Q8_0"],
		["model-IQ2_XXS", "IQ2_XXS"],
		["model-IQ4_NL", "IQ4_NL"],
		["Qwen3-4B-UD-Q4_K_XL", "UD-Q4_K_XL"],
		["Meta-Llama-3.1-8B-Instruct-Q3_K_XL", "Q3_K_XL"],
		["gpt-oss-20b-mxfp4", "MXFP4"],
		["gemma-f16", "F16"],
		["llama3.1:8b-instruct-q4_0", "Q4_0"],
		["Qwen2.5-Coder-7B", undefined],
		["Phi-3-mini-4k-instruct-q4", "Q4"],
	] as const) {
		it(`${name}: ${quantization ?? "none"}`, () => {
			assert.equal(quantizationIn(name), quantization);
		});
	}
});
