import assert from "node:assert/strict";
import { ChatTemplate } from "../../../../src/inference/template/chatTemplate";
import { readTemplate } from "../../../../src/inference/template/readTemplate";
import { vocabularyOf } from "../../../support/models/templateShapes";

const messages = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}";
const loop = "{% for a in range(200000) %}{% for b in range(200000) %}{% endfor %}{% endfor %}";

describe("a template with an endless loop", () => {
	const vocabulary = vocabularyOf([]);

	it("is stopped and replaced by a substitute", () => {
		const { standIn } = readTemplate(messages + loop, vocabulary);
		assert.deepEqual(standIn?.problem, { kind: "unusable", reason: "It takes too long." });
	}).timeout(20_000);

	it("is ended where it does so with a variable that is tried", () => {
		const source = `${messages}{% if enable_thinking is defined %}${loop}{% endif %}`;
		const { standIn } = readTemplate(source, vocabulary);
		assert.deepEqual(standIn?.problem, { kind: "unusable", reason: "It takes too long." });
	}).timeout(20_000);

	it("rejects the conversation that triggers the loop, and accepts the next one", () => {
		const source = `{% if messages[0].content == 'Loop' %}${loop}{% endif %}${messages}`;
		const template = new ChatTemplate(source, vocabulary);
		assert.throws(() => template.prompt([{ role: "user", text: "Loop" }]), /takes too long/);
		assert.match(template.prompt([{ role: "user", text: "Hi" }]).text, /user: Hi/);
	}).timeout(20_000);
});
