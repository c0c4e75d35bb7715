import assert from "node:assert/strict";
import { reconcileDraft, sendDraft, type Draft } from "../../../../src/webview/state/draft";
import {
	chatState,
	endedTurn,
	preparingTurn,
	runningTurn,
	selectionChip,
	userTurn,
} from "../../../support/view/chatStates";

const typed = (draft: string): Draft => ({ draft, pending: [] });
/** A draft from which "Hello" was sent. */
const sent = (draft: string, taken = false, message = "Hello"): Draft => ({
	draft,
	pending: [{ chatId: "chat", turnId: "t", text: message, taken }],
});
const withCode = chatState({ attachments: [selectionChip] });
const answering = (text: string) =>
	chatState({ turns: [userTurn("t", text), preparingTurn("answer")] });

describe("sendDraft", () => {
	it("sends the text and keeps it until the host shows it", () => {
		assert.deepEqual(
			sendDraft(typed("Hello \n"), chatState(), () => "t"),
			{
				draft: sent("Hello \n"),
				intent: { type: "submit", turnId: "t", text: "Hello" },
			},
		);
	});

	it("keeps the indentation of code in the first line", () => {
		const code = "    if (ready) {\n        go();\n    }";
		const draft = typed(`\n  \n${code}\n `);
		const { intent } = sendDraft(draft, chatState(), () => "t") ?? {};
		assert.ok(intent?.type === "submit");
		assert.equal(intent.text, code);
		assert.deepEqual(
			reconcileDraft(sent(draft.draft, false, code), answering(code), undefined),
			sent("", true, code),
		);
	});

	it("does not send an empty draft, unless code is attached", () => {
		assert.equal(
			sendDraft(typed(" \n"), chatState(), () => "t"),
			undefined,
		);
		assert.deepEqual(sendDraft(typed(""), withCode, () => "t")?.intent, {
			type: "submit",
			turnId: "t",
			text: "",
		});
	});

	it("keeps the turn ID when the draft is resent before the host has shown it", () => {
		const again = sendDraft(sent("Hello"), chatState(), () => "another");
		assert.deepEqual(
			again?.draft.pending.map(({ turnId }) => turnId),
			["t"],
		);
	});
});

describe("reconcileDraft", () => {
	it("does not change a draft that was not sent", () => {
		const draft = typed("Hello");
		assert.equal(reconcileDraft(draft, answering("Hello"), undefined), draft);
	});

	it("keeps the text while the host has not shown the message", () => {
		const draft = sent("Hello");
		assert.equal(reconcileDraft(draft, chatState(), undefined), draft);
	});

	it("drops the text when the message is shown, and keeps text typed since", () => {
		assert.deepEqual(reconcileDraft(sent("Hello"), answering("Hello"), undefined), sent("", true));
		assert.deepEqual(
			reconcileDraft(sent("Hello and more"), answering("Hello"), undefined),
			sent("and more", true),
		);
	});

	it("finds the message in the snapshot of a page that was reloaded, though its answer has ended", () => {
		const chat = chatState({ turns: [userTurn("t", "Hello"), endedTurn("answer", "Hi")] });
		assert.deepEqual(reconcileDraft(sent("Hello"), chat, undefined), typed(""));
	});

	it("puts a refused message in front of text typed since", () => {
		const refusal = { turnId: "t", text: "Hello", failure: undefined };
		const chat = chatState({ refusal });
		assert.deepEqual(
			reconcileDraft(sent("and more", true), chat, answering("Hello")),
			typed("Hello\nand more"),
		);
		assert.deepEqual(reconcileDraft(sent("", true), chat, answering("Hello")), typed("Hello"));
	});

	it("does not change text typed since if the refused message was only code", () => {
		const chat = chatState({ refusal: { turnId: "t", text: "", failure: undefined } });
		assert.deepEqual(
			reconcileDraft(sent("typed since", true, ""), chat, answering("")),
			typed("typed since"),
		);
	});

	it("still has the text if the message is refused before it was shown", () => {
		const chat = chatState({ refusal: { turnId: "t", text: "Hello", failure: undefined } });
		assert.deepEqual(reconcileDraft(sent("Hello"), chat, undefined), typed("Hello"));
	});

	it("ignores a message that another view sent", () => {
		const chat = chatState({ refusal: { turnId: "other", text: "Hello", failure: undefined } });
		const draft = typed("mine");
		assert.equal(reconcileDraft(draft, chat, undefined), draft);
	});

	it("drops the text of a refused message that is resent", () => {
		const refused = chatState({ refusal: { turnId: "t0", text: "Hello", failure: undefined } });
		assert.deepEqual(reconcileDraft(typed("Hello"), answering("Hello"), refused), sent("", true));
		assert.deepEqual(reconcileDraft(typed("Other"), answering("Hello"), refused), typed("Other"));
	});

	it("restores a message that is resent and refused again", () => {
		const refused = chatState({ refusal: { turnId: "t0", text: "Hello", failure: undefined } });
		const resent = reconcileDraft(typed("Hello"), answering("Hello"), refused);
		const again = chatState({ refusal: { turnId: "t", text: "Hello", failure: undefined } });
		assert.deepEqual(reconcileDraft(resent, again, answering("Hello")), typed("Hello"));
	});

	it("forgets a message whose answer has begun, and never restores it afterwards", () => {
		for (const answer of [runningTurn("answer"), endedTurn("answer", "Hi")]) {
			const chat = chatState({ turns: [userTurn("t", "Hello"), answer] });
			assert.deepEqual(reconcileDraft(sent("next", true), chat, answering("Hello")), typed("next"));
		}
	});

	it("restores a message that was lost with its host before the answer began", () => {
		assert.deepEqual(reconcileDraft(sent("", true), chatState(), undefined), typed("Hello"));
		assert.deepEqual(
			reconcileDraft(sent("and more", true), chatState(), undefined),
			typed("Hello\nand more"),
		);
	});

	it("keeps a message out of the draft that a new page finds in the conversation", () => {
		const draft = sent("", true);
		assert.equal(reconcileDraft(draft, answering("Hello"), undefined), draft);
	});

	it("does not restore a message that was cleared", () => {
		assert.deepEqual(reconcileDraft(sent("", true), chatState(), answering("Hello")), typed(""));
		const cleared = chatState({ undoable: { kind: "clear" } });
		assert.deepEqual(reconcileDraft(sent("", true), cleared, undefined), typed(""));
	});

	it("drops the text of a queued message, and forgets the message once its answer has begun", () => {
		const running = chatState({ turns: [userTurn("q", "Why?"), runningTurn("a", "Be")] });
		const queued = { ...running, queued: { turnId: "t", text: "Hello", attachments: [] } };
		const waiting = reconcileDraft(sent("Hello and more"), queued, running);
		assert.deepEqual(waiting, sent("and more", true));

		const between = reconcileDraft(waiting, chatState(), queued);
		assert.equal(between, waiting, "the fact that sends it comes next");
		const preparing = reconcileDraft(between, answering("Hello"), chatState());
		assert.equal(preparing, waiting);
		const begun = chatState({ turns: [userTurn("t", "Hello"), runningTurn("answer", "H")] });
		assert.deepEqual(reconcileDraft(preparing, begun, answering("Hello")), typed("and more"));
	});

	it("restores a queued message that is refused when it is sent", () => {
		const refused = chatState({ refusal: { turnId: "t", text: "Hello", failure: undefined } });
		assert.deepEqual(
			reconcileDraft(sent("and more", true), refused, answering("Hello")),
			typed("Hello\nand more"),
		);
	});

	it("forgets a queued message that was removed in another view", () => {
		const queued = chatState({ queued: { turnId: "t", text: "Hello", attachments: [] } });
		const between = reconcileDraft(sent("", true), chatState(), queued);
		assert.deepEqual(reconcileDraft(between, chatState({ title: "New" }), chatState()), typed(""));
	});

	it("tracks a message that is being prepared beside a queued one", () => {
		const draft: Draft = {
			draft: "",
			pending: [
				{ chatId: "chat", turnId: "t", text: "Hello", taken: true },
				{ chatId: "chat", turnId: "next", text: "And then?", taken: true },
			],
		};
		const queued = { turnId: "next", text: "And then?", attachments: [] };
		const before = { ...answering("Hello"), queued };
		const refused = {
			...before,
			refusal: { turnId: "t", text: "Hello", failure: undefined },
		};
		assert.deepEqual(reconcileDraft(draft, refused, before), {
			draft: "Hello",
			pending: [draft.pending[1]],
		});
	});

	it("does not change a message while another conversation is shown", () => {
		const draft = sent("", true);
		const other = chatState({ chatId: "other" });
		assert.equal(reconcileDraft(draft, other, answering("Hello")), draft);
		assert.equal(reconcileDraft(draft, answering("Hello"), other), draft);
		assert.deepEqual(reconcileDraft(draft, chatState(), other), typed("Hello"));
	});
});
