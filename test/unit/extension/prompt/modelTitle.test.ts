import assert from "node:assert/strict";
import { titleIn } from "../../../../src/extension/prompt/modelTitle";

describe("A title from the model", () => {
	const titles: readonly (readonly [said: string, title: string])[] = [
		["Adding Two Numbers in TypeScript", "Adding Two Numbers in TypeScript"],
		['"Capitals of Europe"', "Capitals of Europe"],
		["**Capitals of Europe**\n", "Capitals of Europe"],
		["# Capitals of Europe.", "Capitals of Europe"],
		["Title: “Capitals  of Europe”.", "Capitals of Europe"],
		["_Why is the sky blue?_", "Why is the sky blue?"],
		["Zahlen addieren in C#", "Zahlen addieren in C#"],
		["ヨーロッパの首都。", "ヨーロッパの首都"],
	];
	for (const [said, title] of titles) {
		it(`is extracted from ${JSON.stringify(said)}`, () => {
			assert.equal(titleIn(said, ["Sure, here it is."]), title);
		});
	}

	const refused: readonly (readonly [why: string, said: string, ...answers: readonly string[]])[] =
		[
			["is empty", ""],
			["is decoration alone", '**"..."**'],
			["is shorter than three characters", "Hi."],
			["is longer than sixty characters", `Sums ${"and many words ".repeat(4)}`],
			["has several lines", "- tell\n- Rugby"],
			["repeats the answer", "quick brown fox", "quick brown fox"],
			["repeats the beginning of the answer", "The Capital", "**The capital** of Italy is Rome."],
			["begins with the whole answer", "Rome it is", "Rome."],
			[
				"repeats an earlier answer",
				"Nice to meet you",
				"Nice to meet you, Ada!",
				"Your name is Ada.",
			],
			["repeats the request", "The title for this is at most sixwords."],
		];
	for (const [why, said, ...answers] of refused) {
		it(`is refused if it ${why}`, () => {
			assert.equal(titleIn(said, answers), undefined);
		});
	}

	it("can share words with the request", () => {
		assert.equal(
			titleIn("A Conversation with six Captains", []),
			"A Conversation with six Captains",
		);
		assert.equal(titleIn("Title Case in Headings", []), "Title Case in Headings");
	});
});
