import assert from "node:assert/strict";
import { askForTitle } from "../../../src/extension/prompt/askForTitle";
import type { TreeTurn } from "../../../src/extension/conversation/treeTurn";
import type { Message } from "../../../src/protocol/inference/inference";
import { knownConversations } from "../../e2e/support/knownAnswers";
import {
	createLocalLanguageModel,
	inferenceModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { never, options, Transcript } from "./describeLanguageModel";

function exchange(question: string, reply: string): readonly TreeTurn[] {
	return [
		{ role: "user", id: "u1", sentAtMs: 0, text: question, attachments: [] },
		{
			role: "assistant",
			id: "a1",
			startedAtMs: 0,
			thought: "",
			thoughtDurationMs: null,
			reply,
			outcome: null,
		},
	];
}

describe("a title by the demo model", function () {
	this.timeout(60_000);
	let fixture: LocalModelFixture;
	before(async () => {
		fixture = createLocalLanguageModel(inferenceModule, {});
		await fixture.languageModel.prepare(never);
	});
	after(() => fixture.languageModel.unload());

	it("costs the next message nothing: the evaluated conversation stays", async () => {
		const { languageModel } = fixture;
		const systemPrompt = "You are a helpful assistant.";
		const messages: Message[] = [
			{ role: "system", text: systemPrompt },
			{ role: "user", text: "Write a long story" },
		];
		const story = new Transcript();
		await languageModel.generate(messages, options, story, never);
		const reply = story.text("reply");
		await askForTitle(
			languageModel,
			{ systemPrompt, thinking: "auto", path: exchange("Write a long story", reply) },
			never,
		);
		const next: Message[] = [
			...messages,
			{ role: "assistant", text: reply },
			{ role: "user", text: "Who are you?" },
		];
		const { stats } = await languageModel.generate(next, options, new Transcript(), never);
		assert.ok(stats);
		assert.ok(stats.promptTokens > 600, `prompt of ${stats.promptTokens} tokens`);
		assert.ok(stats.evaluatedTokens < 40, `${stats.evaluatedTokens} tokens were evaluated`);
	});

	it("is never taken: it cannot make any, and says something else", async () => {
		const taken: string[] = [];
		for (const { system, turns } of knownConversations) {
			const path = turns.flatMap(({ user, assistant }) => exchange(user, assistant));
			const title = await askForTitle(
				fixture.languageModel,
				{ systemPrompt: system, thinking: "auto", path },
				never,
			);
			if (title !== undefined) {
				taken.push(title);
			}
		}
		assert.deepEqual(taken, []);
	});
});
