import assert from "node:assert/strict";
import { assembleChat } from "../../../src/import/assembleChat";
import {
	completeElsewhere,
	noOmissions,
	type ImportedContent,
	type ImportedNode,
} from "../../../src/import/importedChat";

const maxTextLength = 4_000_000;

function answer(reply: string, thought = ""): ImportedContent {
	const outcome = completeElsewhere;
	return { kind: "answer", atMs: 1, thought, thoughtDurationMs: null, reply, outcome };
}

interface Answer {
	readonly thought: string;
	readonly reply: string;
}

/** Puts answers one below the other. @returns the turns, and how many messages are not part of them as a whole. */
function assembled(contents: readonly ImportedContent[], onEnd = (): void => undefined) {
	const nodes = contents.map((content, index) => {
		const node: ImportedNode = {
			key: `${index}`,
			parentKey: index === 0 ? null : `${index - 1}`,
			get content() {
				if (index === contents.length - 1) {
					onEnd();
				}
				return content;
			},
		};
		return { node, parentKey: index === 0 ? null : `${index - 1}` };
	});
	const omissions = noOmissions();
	const { turns } = assembleChat(
		{
			title: "",
			createdAtMs: 1,
			pinned: false,
			headKey: undefined,
			order: { nodes, moved: 0 },
		},
		omissions,
	);
	return {
		answers: turns.map(({ turn }) => turn as Answer),
		excess: omissions.excessMessages,
	};
}

describe("consecutive answers", () => {
	it("are joined once, however many they are", () => {
		const texts = Array.from({ length: 300 }, (_, n) => `${n} ${"x".repeat(4_000)}`);
		const before = process.memoryUsage().heapUsed;
		let most = 0;
		const { answers, excess } = assembled(
			texts.map((text) => answer(text)),
			() => {
				most = Math.max(most, process.memoryUsage().heapUsed - before);
			},
		);
		assert.deepEqual(
			answers.map(({ reply }) => reply),
			[texts.join("\n\n")],
		);
		assert.equal(excess, 0);
		assert.ok(most < 50_000_000, String(most));
	});

	it("are counted where their text makes an answer longer than it may be", () => {
		const long = "x".repeat(maxTextLength - 10);
		const { answers, excess } = assembled([
			answer(long),
			answer("y".repeat(100)),
			answer("Done."),
			answer("z".repeat(100)),
		]);
		assert.equal(answers.length, 1);
		assert.ok(answers[0]!.reply === `${long}\n\nDone.`);
		assert.equal(excess, 2);
	});

	it("keep their replies if only their thoughts are too long", () => {
		const long = "x".repeat(maxTextLength - 10);
		const { answers, excess } = assembled([
			answer("", long),
			answer("It rains.", "y".repeat(100)),
			answer("Take a coat."),
		]);
		assert.ok(answers[0]!.thought === long);
		assert.equal(answers[0]!.reply, "It rains.\n\nTake a coat.");
		assert.equal(excess, 1);
	});

	it("may together be as long as one answer", () => {
		const half = "x".repeat(maxTextLength / 2 - 1);
		assert.equal(assembled([answer(half), answer(half)]).excess, 0);
		assert.equal(assembled([answer(half), answer(`${half}x`)]).excess, 1);
	});
});
