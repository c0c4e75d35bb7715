import assert from "node:assert/strict";
import { PromptLookup } from "../../../../src/inference/pace/promptLookup";
import { seededRandom } from "../../../support/random";

const words = new Map<string, number>();
const numbered = (word: string): number => {
	words.set(word, words.get(word) ?? words.size);
	return words.get(word)!;
};
const tokens = (text: string): number[] => text.split(" ").map(numbered);
const guess = (text: string, most = 3): readonly number[] =>
	new PromptLookup(tokens(text)).guess(most);

describe("PromptLookup", () => {
	it("guesses what followed the same three tokens", () => {
		assert.deepEqual(guess("a b c d e f g . a b c"), tokens("d e f"));
		assert.deepEqual(guess("a b c d e f g . a b c", 5), tokens("d e f g ."));
	});

	it("guesses nothing after fewer than three", () => {
		assert.deepEqual(guess("a b c d e . x b c"), []);
		assert.deepEqual(guess("a b"), []);
		assert.deepEqual(guess("a b c"), []);
	});

	it("uses the latest of several matches", () => {
		assert.deepEqual(guess("a b c d . a b c e . a b c", 1), tokens("e"));
	});

	it("stays with the passage that is being repeated where a later one is alike", () => {
		const text = "k l m a b c d e . n o p a b c f g . k l m a b c";
		assert.deepEqual(guess(text, 2), tokens("d e"));
	});

	it("recovers after a changed token", () => {
		assert.deepEqual(guess("a b c d e f g h . a b c X e f g", 1), tokens("h"));
	});

	it("guesses no more tokens than exist", () => {
		assert.deepEqual(guess("a a a a", 3), tokens("a"));
	});

	it("guesses only tokens that followed the same three tokens, in any text", () => {
		const random = seededRandom(1);
		const text = Array.from({ length: 5000 }, () => Math.floor(random() ** 3 * 20) * 70_001);
		const lookup = new PromptLookup<number>([]);
		let guessed = 0;
		for (const [index, token] of text.entries()) {
			lookup.push(token);
			const [next] = lookup.guess(1);
			if (next !== undefined) {
				guessed += 1;
				const end = text.slice(index - 2, index + 1);
				const isThere = text
					.slice(0, index)
					.some((_, at) => [...end, next].every((part, offset) => text[at + offset] === part));
				assert.ok(isThere, `behind ${end.join(" ")}`);
			}
		}
		assert.ok(guessed > 1000);
	});
});
