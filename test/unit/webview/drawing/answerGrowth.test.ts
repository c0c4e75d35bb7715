import assert from "node:assert/strict";
import type { ChatState } from "../../../../src/protocol/chat/chat";
import type { ChatFact } from "../../../../src/protocol/chat/chatEvent";
import { applyFact } from "../../../../src/protocol/chat/replica";
import { grownAnswer } from "../../../../src/webview/drawing/answerGrowth";
import {
	answerStats,
	chatState,
	runningTurn,
	settingsState,
	userTurn,
} from "../../../support/view/chatStates";

const before = chatState({ turns: [userTurn("q", "Hello"), runningTurn("a", "H")] });
function after(fact: ChatFact): ChatState {
	const chat = applyFact(before, fact);
	assert.ok(chat);
	return chat;
}

describe("grownAnswer", () => {
	it("returns the answer if nothing else has changed in the log", () => {
		const grown = after({
			type: "textAppended",
			turnId: "a",
			channel: "reply",
			offset: 1,
			text: "i",
		});
		assert.equal(grownAnswer(before, grown), grown.turns[1]);
		const progressed = after({
			type: "progressed",
			turnId: "a",
			progress: { kind: "prefill", doneTokens: 1, totalTokens: 2 },
		});
		assert.equal(grownAnswer(before, progressed), progressed.turns[1]);
		const queued = after({ type: "queueChanged", queued: undefined });
		assert.equal(grownAnswer(before, queued), queued.turns[1]);
	});

	it("returns nothing if something else has changed, too", () => {
		const running = runningTurn("a", "Hi");
		for (const other of [
			after({ type: "turnEnded", turnId: "a", outcome: { kind: "complete", stats: answerStats } }),
			{ ...before, turns: [userTurn("q", "Bye"), running] },
			{ ...before, turns: [userTurn("q", "Hello"), runningTurn("b")] },
			{ ...before, turns: [...before.turns, running] },
			{ ...before, versions: { a: ["a", "b"] } },
			{ ...before, visibleFrom: "q" },
			{ ...before, refusal: { turnId: "q", text: "Hello", failure: undefined } },
			{ ...before, access: { kind: "answeredElsewhere" } as const },
			{ ...before, settings: settingsState({ markdown: false }) },
			{ ...before, model: { kind: "starting", name: "tiny-chat" } as const },
		]) {
			assert.equal(grownAnswer(before, other), undefined);
		}
	});
});
