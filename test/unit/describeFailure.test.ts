import assert from "node:assert/strict";
import { describeFailure } from "../../src/protocol/describeFailure";

describe("a message that is too long", () => {
	const tooLong = {
		kind: "messageTooLong",
		tokens: 9000,
		limitTokens: 6144,
		contextTokens: 8192,
	} as const;

	it("leads to the settings while the model could see more", () => {
		const { sentence, actions } = describeFailure({ ...tooLong, trainedContextTokens: 131_072 });
		assert.equal(
			sentence,
			"This message has 9,000 tokens with the system prompt; at most 6,144 fit into the context of 8,192. " +
				"Shorten it, remove attached code, or set a larger context size.",
		);
		assert.deepEqual(actions, ["openSettings"]);
	});

	it("leads to another model where this one sees all it can", () => {
		const { sentence, actions } = describeFailure({ ...tooLong, trainedContextTokens: 8192 });
		assert.match(
			sentence,
			/Shorten it, remove attached code, or choose a model with a larger context\.$/,
		);
		assert.deepEqual(actions, ["chooseModel"]);
	});
});
