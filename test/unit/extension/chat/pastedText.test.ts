import assert from "node:assert/strict";
import * as v from "valibot";
import { pastedText } from "../../../../src/extension/chat/pastedText";
import { buildPrompt } from "../../../../src/extension/prompt/promptBuilder";
import { attachedCodeSchema } from "../../../../src/extension/conversation/attachedCodeSchema";

describe("Pasted text", () => {
	for (const [text, label] of [
		["one", "Pasted text, 1 line"],
		["one\ntwo", "Pasted text, 2 lines"],
		["one\ntwo\n", "Pasted text, 2 lines"],
		["one\r\ntwo\r\n", "Pasted text, 2 lines"],
		["\n\n", "Pasted text, 2 lines"],
		["line\n".repeat(10_000), "Pasted text, 10,000 lines"],
	] as const) {
		it(`of ${JSON.stringify(text.slice(0, 16))} is called “${label}”`, () => {
			assert.equal(pastedText("p1", text).chip.label, label);
		});
	}

	it("is given to the model completely, before the text of the message", () => {
		const pasted = pastedText("p1", "a ``` b\nc");
		const { messages } = buildPrompt("", [
			{ role: "user", id: "u1", sentAtMs: 0, text: "What is this?", attachments: [pasted] },
		]);
		assert.equal(messages[0]?.text, "Pasted text:\n\n````\na ``` b\nc\n````\n\nWhat is this?");
	});

	it("can be saved in the file of the chat", () => {
		const pasted = pastedText("p1", "one\ntwo");
		assert.deepEqual(v.parse(attachedCodeSchema, JSON.parse(JSON.stringify(pasted))), pasted);
	});
});
