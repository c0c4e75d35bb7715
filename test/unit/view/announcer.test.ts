import assert from "node:assert/strict";
import type { ChatState } from "../../../src/protocol/chat";
import { announcement } from "../../../src/webview/announcer";
import {
	answerStats,
	chatState,
	crash,
	endedTurn,
	runningTurn,
	userTurn,
} from "../../support/chatStates";

const question = userTurn("question", "Hello");
const answering = (reply: string) => chatState({ turns: [question, runningTurn("answer", reply)] });

/** What is said on the way through the states, in order. */
function said(...states: readonly ChatState[]): readonly string[] {
	return states.flatMap((state, index) => announcement(states[index - 1], state) ?? []);
}

describe("announcement", () => {
	it("says once that an answer starts and once what it is, however many pieces it comes in", () => {
		const whole = chatState({ turns: [question, endedTurn("answer", "Hi there")] });
		assert.deepEqual(
			said(chatState(), answering(""), answering("Hi"), answering("Hi there"), whole),
			["The answer has started", "Hi there"],
		);
	});

	it("says nothing about what a page finds when it opens", () => {
		assert.deepEqual(said(answering("Hi")), []);
		assert.deepEqual(said(chatState({ turns: [question, endedTurn("answer", "Hi")] })), []);
	});

	it("says why there is no whole answer", () => {
		const stopped = endedTurn("answer", "Hi", { kind: "stopped", stats: answerStats });
		assert.deepEqual(said(answering("Hi"), chatState({ turns: [question, stopped] })), ["Stopped"]);
		const failed = endedTurn("answer", "Hi", { kind: "failed", failure: crash });
		assert.match(
			said(answering("Hi"), chatState({ turns: [question, failed] })).join(),
			/ended unexpectedly \(SIGABRT\)/,
		);
	});

	it("says that a refused message is in the textbox again", () => {
		const failure = { kind: "modelNotChosen" } as const;
		const refused = chatState({ refusal: { turnId: "question", text: "Hello", failure } });
		assert.match(said(answering(""), refused).join(), /No model.*is in the textbox/);
	});

	it("says that a message was not sent where the user stopped it or declined a download", () => {
		const refusal = { turnId: "question", text: "Hello", failure: undefined };
		assert.deepEqual(said(answering(""), chatState({ refusal })), [
			"The message was not sent. It is in the textbox.",
		]);
	});

	it("says that the conversation is cleared", () => {
		assert.deepEqual(said(chatState({ turns: [question] }), chatState({ canUndoClear: true })), [
			"Conversation cleared",
		]);
	});
});
