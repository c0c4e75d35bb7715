import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { exampleQuestion } from "../../../../src/webview/wording/exampleQuestion";
import { chatSettings } from "../../../support/view/chatStates";

interface Conversation {
	readonly system: string;
	readonly turns: readonly { readonly user: string }[];
}

describe("the example question", () => {
	it("is one that the demo model answers well", () => {
		const known = JSON.parse(
			readFileSync(path.join(process.cwd(), "test/fixtures/demo-model/prompts.json"), "utf8"),
		) as readonly Conversation[];
		const firstQuestions = known
			.filter(({ system }) => system === chatSettings.systemPrompt)
			.map(({ turns }) => turns[0]?.user);
		assert.ok(firstQuestions.includes(exampleQuestion));
	});
});
