import assert from "node:assert/strict";
import type { ContextUse } from "../../../../src/protocol/chat/contextUse";
import {
	chatState,
	contextUse,
	endedTurn,
	runningTurn,
	selectionChip,
	userTurn,
} from "../../../support/view/chatStates";
import { emptyViewState } from "../../../../src/webview/state/viewState";
import { until } from "../../../support/until";
import { openView, type OpenView } from "./openView";

const turns = [userTurn("q1", "Hello"), endedTurn("a1", "Hi")];
const talk = (use: Partial<ContextUse>, more: Parameters<typeof chatState>[0] = {}) =>
	chatState({ turns, contextUse: { ...contextUse, ...use }, ...more });
const full = { historyTokens: 7_000 };

describe("the context", () => {
	it("is shown as the used part, with a breakdown in the tooltip and on click", async () => {
		const view = await openView(talk({}));
		const button = view.button("Context 25%: 2,048 of 8,192 tokens");
		assert.match(button.textContent, /25%/);
		assert.match(
			button.title,
			/System prompt: 12\nConversation: 1,024\nAttached code: 1,000\nMessage: 12\nLeft for the answer: 6,144/,
		);
		assert.equal(button.getAttribute("aria-expanded"), "false");
		await view.click(button);
		assert.equal(button.getAttribute("aria-expanded"), "true");
		assert.match(view.find(".context-rows").textContent, /Left for the answer\s*6,144/);
		await view.press("Escape", {}, button);
		assert.equal(view.app.querySelector(".context-rows"), null);
	});

	it("closes its breakdown on Escape without stopping the answer", async () => {
		const running = [userTurn("q1", "Hello"), runningTurn("a1", "H")];
		const view = await openView(talk({}, { turns: running }));
		const button = view.button("Context 25%: 2,048 of 8,192 tokens");
		await view.click(button);
		await view.press("Escape", {}, button);
		assert.deepEqual(view.port.sentOf("stop"), []);
		await view.press("Escape", {}, button);
		assert.equal(view.port.sentOf("stop").length, 1);
	});

	it("is not shown while no model is loaded", async () => {
		const view = await openView(talk({}));
		view.port.publish({ type: "contextCounted", contextUse: undefined });
		await view.drawn();
		assert.equal(view.app.querySelector(".context-button"), null);
	});

	it("counts the typed text: the host receives it at once, and the last word soon after", async () => {
		const view = await openView(talk({}));
		for (const text of ["H", "He", "Hel", "Hello"]) {
			await view.type(text);
		}
		const told = () => view.port.sentOf("draftTyped").map(({ text }) => text);
		assert.equal(told()[0], "H");
		await until("the last word is told", () => told().at(-1) === "Hello");
	});

	const notice = (view: OpenView) => view.app.querySelector("context-notice section");
	const buttonsIn = (view: OpenView) =>
		[...(notice(view)?.querySelectorAll("vscode-button") ?? [])].map(({ textContent }) =>
			textContent.trim(),
		);

	describe("without the oldest messages", () => {
		const running = [userTurn("q1", "Hello"), runningTurn("a1", "Hi")];

		it("says so while the answer is written, and afterwards until the notice is dismissed", async () => {
			const view = await openView(chatState({ turns: running, contextUse }));
			view.port.publish({ type: "contextTrimmed", visibleFrom: "q1" });
			await view.drawn();
			assert.match(notice(view)?.textContent ?? "", /The oldest messages dropped out/);
			assert.equal(view.heard(), "The oldest messages dropped out: the model no longer sees them.");
			await view.click(view.button("Dismiss"));
			assert.equal(notice(view), null);
			view.port.publish({ type: "contextTrimmed", visibleFrom: "a1" });
			await view.drawn();
			assert.equal(notice(view), null, "it was read, whatever else drops out");
			for (const visibleFrom of [undefined, "a1"]) {
				view.port.publish({ type: "contextTrimmed", visibleFrom });
				await view.drawn();
			}
			assert.ok(notice(view), "the model saw all of it in between");
		});
	});

	describe("without room for a message", () => {
		const failure = {
			kind: "messageTooLong",
			tokens: 9_000,
			limitTokens: 6_144,
			contextTokens: 8_192,
			trainedContextTokens: 131_072,
		} as const;
		const draft = "A long message";
		const kept = { ...emptyViewState, draft };
		const counted = { historyTokens: 0, draftTokens: 6_000, draftLength: draft.length };
		const send = (view: OpenView) => view.button("Send") as HTMLButtonElement;

		it("says so in one box with matching advice, and the message cannot be sent", async () => {
			const view = await openView(talk({ ...counted, attachmentTokens: 0 }), kept);
			await view.type(draft);
			assert.equal(notice(view), null, "6,012 tokens fit");
			view.port.publish({
				type: "contextCounted",
				contextUse: { ...contextUse, ...counted, attachmentTokens: 0, draftTokens: 8_988 },
			});
			await view.drawn();
			assert.match(
				notice(view)?.textContent ?? "",
				/This message is too long\. With the system prompt, it has 9,000 tokens\. To leave room for an answer in the context of 8,192 tokens, it can have at most 6,144\./,
			);
			assert.deepEqual(buttonsIn(view), ["Larger Context…"]);
			assert.equal(send(view).disabled, true);
			assert.match(send(view).title, /^This message is too long/);
			await view.press("Enter");
			assert.deepEqual(view.port.sentOf("submit"), []);
			assert.match(view.heard() ?? "", /^This message is too long/);
			assert.equal(view.find(".composer-hint").textContent, "", "it is said once");
		});

		it("offers to remove code only if code is attached", async () => {
			const attachments = [selectionChip];
			const view = await openView(talk(counted, { attachments }), kept);
			assert.match(notice(view)?.textContent ?? "", /Shorten it, remove attached code, or/);
			assert.deepEqual(buttonsIn(view), [`Remove ${selectionChip.label}`, "Larger Context…"]);
		});

		it("offers another model if this one was trained for no larger context", async () => {
			const view = await openView(talk({ ...counted, trainedContextTokens: 8_192 }), kept);
			assert.deepEqual(buttonsIn(view), ["Select Model"]);
		});

		it("shows no second box for the refusal beside the one for the message", async () => {
			const refusal = { turnId: "t", text: draft, failure };
			const view = await openView(talk(counted, { refusal }), kept);
			assert.equal(view.app.querySelectorAll("context-notice section, failure-card").length, 1);
		});

		it("says so for a refused message even if it is not counted, until the notice is dismissed", async () => {
			const refusal = { turnId: "t", text: draft, failure };
			const view = await openView(chatState({ refusal }), kept);
			assert.match(notice(view)?.textContent ?? "", /9,000 tokens/);
			assert.equal(send(view).disabled, false, "another model may take it");
			await view.click(view.button("Dismiss"));
			assert.equal(view.port.sentOf("dismissRefusal").length, 1);
		});

		it("does not resend a message to the model that refused it", async () => {
			const refused = { ...failure, contextTokens: 512 };
			const refusal = { turnId: "t", text: draft, failure: refused };
			const view = await openView(chatState({ refusal }), kept);
			assert.equal(send(view).disabled, true);
			assert.throws(() => view.button("Dismiss"), /no button/);
		});

		it("sends a refused message once its count shows that it fits", async () => {
			const refusal = { turnId: "t", text: draft, failure };
			const view = await openView(talk({ draftLength: draft.length }, { refusal }), kept);
			assert.equal(notice(view), null);
			assert.equal(send(view).disabled, false);
		});

		it("accepts a draft that was shortened, or that is from another view, before it is counted", async () => {
			const view = await openView(talk({ ...counted, draftLength: 40_000 }), kept);
			assert.equal(send(view).disabled, false);
			assert.equal(notice(view)?.getAttribute("aria-label"), "Context nearly full");
		});

		it("says if a system prompt is too long", async () => {
			const view = await openView(talk({ systemTokens: 7_000 }));
			assert.match(
				notice(view)?.textContent ?? "",
				/The system prompt is too long: it has 7,000 tokens\. To leave room for an answer in the context of 8,192 tokens, it can have at most 6,144\./,
			);
			await view.click(view.button("Edit System Prompt"));
			assert.ok(view.find("dialog").hasAttribute("open"));
		});

		it("says so while an answer runs, too", async () => {
			const running = [userTurn("q1", "Hello"), runningTurn("a1", "H")];
			const view = await openView(talk(counted, { turns: running }), kept);
			assert.match(notice(view)?.textContent ?? "", /too long/);
			assert.equal(send(view).disabled, true);
		});
	});

	describe("when it is nearly full", () => {
		it("says so, with advice", async () => {
			const attachments = [selectionChip];
			const view = await openView(
				talk({ ...full, longestAttachmentId: selectionChip.id }, { attachments }),
			);
			assert.match(notice(view)?.textContent ?? "", /nearly full: 8,024 of 8,192 tokens/);
			await view.click(view.button(`Remove ${selectionChip.label}`));
			await view.click(view.button("Larger Context…"));
			await view.click(view.button("New Chat with Summary"));
			assert.deepEqual(view.port.sent.slice(-3), [
				{ type: "removeAttachment", attachmentId: selectionChip.id },
				{ type: "enlargeContext" },
				{ type: "summarize" },
			]);
		});

		it("says that it is full in different words", async () => {
			const view = await openView(talk({ historyTokens: 7_200 }));
			assert.match(
				notice(view)?.textContent ?? "",
				/The context is full: 8,224 of 8,192 tokens\. With your next message, the model will no longer/,
			);
		});

		it("says that messages were already left out", async () => {
			const view = await openView(talk(full, { visibleFrom: "a1" }));
			assert.match(notice(view)?.textContent ?? "", /no longer sees them\. More will drop out/);
		});

		it("offers no larger context than the model was trained for, and no summary without messages", async () => {
			const view = await openView(talk({ ...full, trainedContextTokens: 8_192 }, { turns: [] }));
			assert.ok(notice(view));
			assert.equal(notice(view)?.querySelectorAll("vscode-button").length, 0);
		});

		it("waits for the end of an answer", async () => {
			const running = [userTurn("q1", "Hello"), runningTurn("a1", "H")];
			const view = await openView(talk(full, { turns: running }));
			assert.equal(notice(view), null);
		});

		it("does not repeat a dismissed notice in the same conversation until there was room", async () => {
			const view = await openView(talk(full));
			await view.click(view.button("Dismiss"));
			assert.equal(notice(view), null);
			const count = async (use: Partial<ContextUse>): Promise<void> => {
				view.port.publish({ type: "contextCounted", contextUse: { ...contextUse, ...use } });
				await view.drawn();
			};
			await count({ historyTokens: 7_001 });
			assert.equal(notice(view), null);
			await count({});
			await count(full);
			assert.ok(notice(view));
		});
	});
});
