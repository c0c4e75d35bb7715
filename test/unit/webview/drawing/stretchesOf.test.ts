import assert from "node:assert/strict";
import type { Turn } from "../../../../src/protocol/chat/chat";
import { stretchesOf } from "../../../../src/webview/drawing/stretchesOf";
import { endedTurn, userTurn } from "../../../support/view/chatStates";

function exchange(name: string, answerLength: number): readonly Turn[] {
	return [userTurn(`q${name}`, "Why?"), endedTurn(`a${name}`, "a".repeat(answerLength))];
}

function idsOf(turns: readonly Turn[]): readonly (readonly string[])[] {
	return stretchesOf(turns).map((stretch) => stretch.map(({ id }) => id));
}

describe("Stretches of a conversation", () => {
	it("contain several short messages, or little more than one long answer", () => {
		const turns = [...exchange("1", 100), ...exchange("2", 5000), ...exchange("3", 5000)];
		assert.deepEqual(idsOf(turns), [
			["q1", "a1", "q2", "a2"],
			["q3", "a3"],
		]);
	});

	it("stay the same while the conversation continues and its last answer grows", () => {
		const turns = ["1", "2", "3", "4", "5"].flatMap((name) => exchange(name, 900));
		for (const length of [0, 900, 9000]) {
			const grown = idsOf([...turns, ...exchange("last", length)]);
			assert.deepEqual(grown.slice(0, 1), idsOf(turns).slice(0, 1));
			assert.deepEqual(grown.flat().slice(0, 10), idsOf(turns).flat());
			assert.equal(grown.length, 2);
		}
	});
});
