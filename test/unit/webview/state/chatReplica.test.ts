import assert from "node:assert/strict";
import type { ChatFact } from "../../../../src/protocol/chat/chatEvent";
import { ChatReplica } from "../../../../src/webview/state/chatReplica";
import { answerStats, chatState, runningTurn, userTurn } from "../../../support/view/chatStates";
import { FakeHostPort } from "../../../support/view/fakeHostPort";

const undoEnded: ChatFact = { type: "undoEnded" };

function openStore(): { port: FakeHostPort; store: ChatReplica; wait: (ms: number) => void } {
	let nowMs = 1_000_000;
	const port = new FakeHostPort();
	const store = new ChatReplica(port, () => nowMs);
	return {
		port,
		store,
		wait: (ms) => {
			nowMs += ms;
		},
	};
}

describe("ChatStore", () => {
	it("requests a snapshot when it is created", () => {
		const { port, store } = openStore();
		assert.deepEqual(port.sent, [{ type: "ready" }]);
		assert.equal(store.chat, undefined);
	});

	it("requests exactly one resync after losing an event", () => {
		const { port, store } = openStore();
		const chat = chatState({ turns: [userTurn("question", "Hello"), runningTurn("answer")] });
		port.snapshot(chat);
		port.lose();
		port.publish(undoEnded, undoEnded, undoEnded);
		assert.deepEqual(port.sentOf("resync"), [{ type: "resync", haveRevision: 0 }]);
		assert.deepEqual([store.chat], [chat]);

		const whole = chatState({ undoable: { kind: "clear" } });
		port.snapshot(whole);
		port.publish(undoEnded);
		assert.deepEqual([store.chat], [chatState()]);
		assert.equal(port.sentOf("resync").length, 1);
	});

	it("repeats the request if no snapshot has arrived after five seconds", () => {
		const { port, wait } = openStore();
		port.snapshot(chatState());
		port.lose();
		port.publish(undoEnded);
		wait(4999);
		port.publish(undoEnded);
		assert.equal(port.sentOf("resync").length, 1);
		wait(1);
		port.publish(undoEnded);
		assert.equal(port.sentOf("resync").length, 2);
	});

	it("waits just as long for its first snapshot", () => {
		const { port, wait } = openStore();
		port.publish(undoEnded);
		assert.equal(port.sentOf("resync").length, 0);
		wait(5000);
		port.publish(undoEnded);
		assert.deepEqual(port.sentOf("resync"), [{ type: "resync", haveRevision: -1 }]);
	});

	it("forwards a focus request without counting it", () => {
		const { port, store } = openStore();
		port.snapshot(chatState());
		let requests = 0;
		const unsubscribe = store.onDidRequestFocus(() => {
			requests += 1;
		});
		port.emit({ type: "focusRequested" });
		port.publish(undoEnded);
		unsubscribe();
		port.emit({ type: "focusRequested" });
		assert.equal(requests, 1);
		assert.equal(port.sentOf("resync").length, 0);
	});

	it("has the same state as another store that receives the same events, whenever it opened", () => {
		const port = new FakeHostPort();
		const early = new ChatReplica(port, () => 0);
		port.snapshot(chatState());
		const user = userTurn("question", "Hello");
		const answer = runningTurn("answer");
		port.publish({ type: "turnStarted", user, answer });
		const late = new ChatReplica(port, () => 0);
		port.snapshot(early.chat ?? chatState());
		port.publish(
			{ type: "textAppended", turnId: "answer", channel: "reply", offset: 0, text: "Hi" },
			{ type: "textAppended", turnId: "answer", channel: "reply", offset: 2, text: " there" },
			{ type: "turnEnded", turnId: "answer", outcome: { kind: "complete", stats: answerStats } },
		);
		assert.deepEqual(late.chat, early.chat);
		assert.equal(early.chat?.turns.length, 2);
	});

	it("is silent once it is disposed", () => {
		const { port, store } = openStore();
		store.dispose();
		port.snapshot(chatState());
		assert.equal(store.chat, undefined);
	});
});
