import assert from "node:assert/strict";
import { stableStart } from "../../../../src/inference/llama/stableStart";
import type { PromptMessages } from "../../../../src/protocol/inference/inference";

/** A template around words that take the white space before them in. */
function tokensOf(messages: PromptMessages): readonly string[] {
	return [
		...messages.flatMap(({ role, text }) => [
			`<${role}>`,
			...(text.match(/\s*\S+/g) ?? []),
			"<end>",
		]),
		"<assistant>",
	];
}

function startFor(text: string): string {
	const messages: PromptMessages = [
		{ role: "user", text: "Who are you?" },
		{ role: "assistant", text: "A model." },
		{ role: "user", text },
	];
	return stableStart(messages, tokensOf).join("");
}

const before = "<user>Who are you?<end><assistant>A model.<end><user>";

describe("the stable start of a message being typed", () => {
	it("excludes the unfinished word and everything after the message", () => {
		assert.equal(startFor("How do I add"), `${before}How do I`);
		assert.equal(startFor("How do I add "), `${before}How do I`);
	});

	it("is the conversation before it while the message has at most one word", () => {
		assert.equal(startFor(""), before);
		assert.equal(startFor("Hel"), before);
		assert.equal(startFor("a"), before);
		assert.equal(startFor("1"), before);
	});

	it("is nothing of a word that looks like the others that could stand there", () => {
		assert.equal(startFor("How a"), `${before}How`);
		assert.equal(startFor("How 1"), `${before}How`);
	});

	it("is empty without a message", () => {
		assert.deepEqual(
			stableStart([], () => ["<assistant>"]),
			[],
		);
	});

	it("is the beginning of a text without spaces, which could be many words", () => {
		const characters = (messages: PromptMessages): readonly string[] => [
			...Array.from(messages[0]!.text),
			"<end>",
		];
		const start = (text: string): string =>
			stableStart([{ role: "user", text }], characters).join("");
		assert.equal(start("𝒙".repeat(40)), "𝒙".repeat(24));
	});
});
