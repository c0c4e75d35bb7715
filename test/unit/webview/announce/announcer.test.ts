import assert from "node:assert/strict";
import type { ChatState } from "../../../../src/protocol/chat/chat";
import { announcement } from "../../../../src/webview/announce/announcer";
import {
	answerStats,
	chatState,
	crash,
	endedTurn,
	preparingTurn,
	runningTurn,
	userTurn,
} from "../../../support/view/chatStates";

const question = userTurn("question", "Hello");
const answering = (reply: string) => chatState({ turns: [question, runningTurn("answer", reply)] });

/** Returns the announcements on the way through the states, in order. */
function said(...states: readonly ChatState[]): readonly string[] {
	return states.flatMap((state, index) => announcement(states[index - 1], state) ?? []);
}

describe("announcement", () => {
	it("says once that an answer starts and once what it says, in however many pieces it arrives", () => {
		const whole = chatState({ turns: [question, endedTurn("answer", "Hi there")] });
		assert.deepEqual(
			said(chatState(), answering(""), answering("Hi"), answering("Hi there"), whole),
			["The answer has started", "Hi there"],
		);
	});

	it("does not say that an answer has started before it has: its message may be refused", () => {
		const preparing = chatState({ turns: [question, preparingTurn("answer")] });
		const waiting = chatState({
			turns: [
				question,
				runningTurn("answer", "", { state: { kind: "running", progress: { kind: "waiting" } } }),
			],
		});
		const failure = { kind: "modelFileMissing", path: "/gone.gguf" } as const;
		const refused = chatState({ refusal: { turnId: "question", text: "Hello", failure } });
		assert.doesNotMatch(said(chatState(), waiting, preparing, refused).join(), /started/);
		assert.deepEqual(said(chatState(), preparing, answering("")), ["The answer has started"]);
	});

	it("says in whole words how many tokens an answer may have", () => {
		for (const [maxTokens, words] of [
			[1, "Reached 1 token"],
			[2048, "Reached 2,048 tokens"],
		] as const) {
			const ended = endedTurn("answer", "Hi", { kind: "maxTokens", maxTokens, stats: answerStats });
			assert.deepEqual(said(answering("Hi"), chatState({ turns: [question, ended] })), [
				`Hi\n${words}`,
			]);
		}
	});

	it("says nothing about the state in which a page opens", () => {
		assert.deepEqual(said(answering("Hi")), []);
		assert.deepEqual(said(chatState({ turns: [question, endedTurn("answer", "Hi")] })), []);
	});

	it("says why an answer is incomplete", () => {
		const stopped = endedTurn("answer", "Hi", { kind: "stopped", stats: answerStats });
		assert.deepEqual(said(answering("Hi"), chatState({ turns: [question, stopped] })), ["Stopped"]);
		const failed = endedTurn("answer", "Hi", { kind: "failed", failure: crash });
		assert.match(
			said(answering("Hi"), chatState({ turns: [question, failed] })).join(),
			/ended unexpectedly \(SIGABRT\)/,
		);
	});

	it("says that a refused message is back in the textbox", () => {
		const failure = { kind: "modelNotChosen" } as const;
		const refused = chatState({ refusal: { turnId: "question", text: "Hello", failure } });
		assert.match(said(answering(""), refused).join(), /No model.*is in the textbox/);
	});

	it("says that a message was not sent if the user stopped it or declined a download", () => {
		const refusal = { turnId: "question", text: "Hello", failure: undefined };
		assert.deepEqual(said(answering(""), chatState({ refusal })), [
			"The message was not sent. It is in the textbox.",
		]);
	});

	it("says what was deleted, and what was restored", () => {
		const talk = chatState({ turns: [question, endedTurn("answer", "Hi")] });
		const path = { turns: [], versions: {} };
		const gone = chatState(path);
		assert.deepEqual(
			said(
				talk,
				gone,
				{ ...gone, undoable: { kind: "clear" } },
				gone,
				{ ...talk, versions: {} },
				{ ...talk, versions: {}, undoable: { kind: "deleteTurns", count: 1 } },
			),
			["Chat cleared. It is still in the history.", "2 messages are back", "1 message deleted"],
		);
	});

	it("says that an answer continues, and at its end what it says", () => {
		const stopped = endedTurn("answer", "Hi", { kind: "stopped", stats: answerStats });
		const whole = chatState({ turns: [question, endedTurn("answer", "Hi there")] });
		assert.deepEqual(
			said(chatState({ turns: [question, stopped] }), answering("Hi"), answering("Hi th"), whole),
			["The answer goes on", "Hi there"],
		);
	});

	it("says which version is shown, but only the answer where a version is being generated", () => {
		const first = chatState({ turns: [question, endedTurn("a0", "Hi")] });
		const versions = { answer: ["a0", "answer"] };
		const second = { ...answering(""), versions };
		const ended = { ...second, turns: [question, endedTurn("answer", "Hello")] };
		const back = { ...first, versions: { a0: ["a0", "answer"] } };
		assert.deepEqual(said(first, second, ended, back, { ...ended, versions: { ...versions } }), [
			"The answer has started",
			"Hello",
			"Version 1 of 2",
			"Version 2 of 2",
		]);
	});

	it("says that a message is queued while an answer is running", () => {
		const queued = { turnId: "next", text: "And then?", attachments: [] };
		assert.deepEqual(said(answering("H"), { ...answering("H"), queued }, answering("Hi")), [
			"Your message waits for the end of the answer",
		]);
	});

	it("says only the title of another conversation, and none of its messages", () => {
		const other = { ...answering("Hi"), chatId: "other", title: "Long ago" };
		assert.deepEqual(said(chatState(), other, chatState({ chatId: "new" })), [
			"Opened Long ago",
			"New chat",
		]);
	});

	it("says nothing about the conversation with which a window opens", () => {
		const loading = chatState({ chatId: "", access: { kind: "loading" } });
		assert.deepEqual(said(loading, answering("Hi")), []);
	});

	it("says what happens to the conversation's file", () => {
		const talk = chatState({ turns: [question, endedTurn("answer", "Hi")] });
		const elsewhere = { ...talk, access: { kind: "answeredElsewhere" } as const };
		const notSaved = { ...talk, notices: [{ kind: "notSaved", code: "ENOSPC" } as const] };
		assert.deepEqual(said(talk, elsewhere, talk, notSaved, { ...notSaved, title: "New" }, talk), [
			"Another window is answering in this chat.",
			"Your last messages are not saved: the disk is full. Free some space. Saving is retried automatically.",
		]);
	});
});
