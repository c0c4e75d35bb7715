import assert from "node:assert/strict";
import { runningAnswer } from "../../../../src/protocol/chat/chat";
import type { ChatFact } from "../../../../src/protocol/chat/chatEvent";
import {
	applyEvent,
	applyFact,
	type Applied,
	type Replica,
} from "../../../../src/protocol/chat/replica";
import {
	answerStats,
	chatState,
	endedTurn,
	runningTurn,
	selectionChip,
	userTurn,
} from "../../../support/view/chatStates";

const appended = (offset: number, text: string): ChatFact => ({
	type: "textAppended",
	turnId: "answer",
	channel: "reply",
	offset,
	text,
});
const asked = (reply = ""): Replica => ({
	revision: 4,
	chat: chatState({ turns: [userTurn("question", "Hello"), runningTurn("answer", reply)] }),
});
const replicaOf = (applied: Applied): Replica => {
	assert.ok(applied.kind === "applied");
	return applied.replica;
};

describe("applyEvent", () => {
	it("applies a snapshot in any state", () => {
		const chat = chatState();
		assert.deepEqual(
			applyEvent(undefined, { type: "snapshot", revision: 7, chat, unsent: undefined }),
			{
				kind: "applied",
				replica: { revision: 7, chat },
			},
		);
		assert.deepEqual(
			replicaOf(applyEvent(asked(), { type: "snapshot", revision: 1, chat, unsent: undefined }))
				.chat,
			chat,
		);
	});

	it("reports a gap if a fact precedes the first snapshot", () => {
		const event = { type: "fact", revision: 1, fact: { type: "undoEnded" } } as const;
		assert.equal(applyEvent(undefined, event).kind, "gap");
	});

	it("applies the next fact", () => {
		const replica = replicaOf(
			applyEvent(asked("Hi"), { type: "fact", revision: 5, fact: appended(2, " there") }),
		);
		assert.equal(replica.revision, 5);
		assert.equal(runningAnswer(replica.chat)?.reply, "Hi there");
	});

	it("ignores a fact that it has already applied", () => {
		const event = { type: "fact", revision: 4, fact: appended(0, "Hi") } as const;
		assert.equal(applyEvent(asked(), event).kind, "stale");
	});

	it("reports a gap if a revision is missing", () => {
		const event = { type: "fact", revision: 6, fact: appended(0, "Hi") } as const;
		assert.equal(applyEvent(asked(), event).kind, "gap");
	});

	it("reports a gap if text does not continue the existing text", () => {
		for (const offset of [0, 1, 3]) {
			const event = { type: "fact", revision: 5, fact: appended(offset, "x") } as const;
			assert.equal(applyEvent(asked("Hi"), event).kind, "gap", `offset ${offset}`);
		}
	});
});

describe("applyFact", () => {
	it("starts a turn with message and answer, and empties the composer's attachments", () => {
		const before = chatState({
			attachments: [selectionChip],
			refusal: { turnId: "old", text: "old", failure: undefined },
			undoable: { kind: "clear" },
		});
		const user = userTurn("question", "Hello", { attachments: [selectionChip] });
		const answer = runningTurn("answer");
		const after = applyFact(before, { type: "turnStarted", user, answer });
		assert.deepEqual(after, { ...chatState(), turns: [user, answer] });
	});

	it("keeps thoughts separate from the reply", () => {
		const { chat } = asked("Hi");
		const after = applyFact(chat, { ...appended(0, "hmm"), channel: "thought" } as ChatFact);
		const answer = after && runningAnswer(after);
		assert.deepEqual([answer?.thought, answer?.reply], ["hmm", "Hi"]);
	});

	it("keeps the objects of earlier turns, so that views need not redraw them", () => {
		const first = endedTurn("first", "One");
		const chat = chatState({ turns: [first, userTurn("question", "?"), runningTurn("answer")] });
		assert.equal(applyFact(chat, appended(0, "Two"))?.turns[0], first);
	});

	it("rejects text for an answer that is not running", () => {
		const ended = chatState({ turns: [endedTurn("answer", "Hi")] });
		assert.equal(applyFact(ended, appended(2, "!")), undefined);
		const other = chatState({ turns: [runningTurn("other")] });
		assert.equal(applyFact(other, appended(0, "!")), undefined);
	});

	it("replaces the path after the kept turns", () => {
		const first = endedTurn("first", "One");
		const chat = chatState({ turns: [first, userTurn("question", "?"), endedTurn("answer", "!")] });
		const other = endedTurn("other", "Uno");
		const versions = { other: ["answer", "other"] };
		assert.deepEqual(
			applyFact(chat, { type: "pathChanged", keptTurns: 1, turns: [other], versions }),
			chatState({ turns: [first, other], versions }),
		);
	});

	it("reports a gap if a path keeps more turns than exist", () => {
		const fact = { type: "pathChanged", keptTurns: 1, turns: [], versions: {} } as const;
		assert.equal(applyFact(chatState(), fact), undefined);
	});

	it("keeps the composer's attachments when another chat is shown", () => {
		const before = chatState({
			turns: [endedTurn("first", "One")],
			visibleFrom: "first",
			attachments: [selectionChip],
			refusal: { turnId: "old", text: "old", failure: undefined },
			undoable: { kind: "clear" },
		});
		const { chatId, title, turns, versions, queued, access, notices } = chatState();
		const path = { chatId, title, turns, versions, queued, access, notices };
		assert.deepEqual(
			applyFact(before, { type: "chatShown", path }),
			chatState({ attachments: [selectionChip] }),
		);
	});

	it("continues only the last answer", () => {
		const ended = endedTurn("answer", "1, 2, ", { kind: "interrupted" });
		const chat = chatState({ turns: [userTurn("question", "?"), ended] });
		const continued = applyFact(chat, { type: "answerContinued", turnId: "answer" });
		assert.equal(continued && runningAnswer(continued)?.reply, "1, 2, ");
		assert.ok(continued && applyFact(continued, appended(6, "3")));
		assert.equal(applyFact(chat, { type: "answerContinued", turnId: "question" }), undefined);
		assert.equal(applyFact(asked().chat, { type: "answerContinued", turnId: "answer" }), undefined);
	});

	it("ends the running answer with its outcome", () => {
		const outcome = { kind: "stopped", stats: answerStats } as const;
		const after = applyFact(asked("Hi").chat, { type: "turnEnded", turnId: "answer", outcome });
		assert.deepEqual(after?.turns.at(-1), {
			...endedTurn("answer", "Hi", outcome),
			startedAtMs: startOf(after),
		});
	});
});

function startOf(chat: Replica["chat"] | undefined): number | undefined {
	const last = chat?.turns.at(-1);
	return last?.role === "assistant" ? last.startedAtMs : undefined;
}
