import assert from "node:assert/strict";
import { limitIn, thinkingChoices } from "../../../../src/extension/model/thinkingChoices";

const steerable = { kind: "thinks", byDefault: true, canTurnOff: true, canEnd: true } as const;

describe("the choices for thinking", () => {
	const labels = (...args: Parameters<typeof thinkingChoices>): string[] =>
		thinkingChoices(...args).map(({ label }) => label);

	it("include only what the model can do", () => {
		assert.deepEqual(labels(steerable, "auto"), [
			"Automatic",
			"On",
			"Up to 256 tokens",
			"Up to 1,024 tokens",
			"Up to 4,096 tokens",
			"Other Limit…",
			"Off",
		]);
		assert.deepEqual(labels({ ...steerable, canTurnOff: false, canEnd: false }, "auto"), [
			"Automatic",
			"On",
		]);
	});

	it("include the present limit, in order", () => {
		assert.deepEqual(labels(steerable, 300).slice(2, 6), [
			"Up to 256 tokens",
			"Up to 300 tokens",
			"Up to 1,024 tokens",
			"Up to 4,096 tokens",
		]);
	});

	it("include a present setting that has no effect on the model, and say so", () => {
		const choices = thinkingChoices({ ...steerable, canTurnOff: false, canEnd: false }, "off");
		assert.deepEqual(choices.at(-1), {
			value: "off",
			label: "Off",
			description: "Has no effect on this model",
		});
	});

	it("accept a whole number of tokens, with separators, and nothing else", () => {
		for (const text of ["2000", "2,000", " 2 000 ", "2.000", "2_000"]) {
			assert.equal(limitIn(text), 2000, text);
		}
		for (const text of ["", "0", "-5", "1.5", "1e3", "131073", "2,00", "a lot", "9".repeat(400)]) {
			assert.equal(limitIn(text), undefined, text);
		}
		assert.equal(limitIn("131,072"), 131_072);
	});
});
