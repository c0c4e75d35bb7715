import assert from "node:assert/strict";
import type { ContextUse } from "../../../src/protocol/contextUse";
import {
	chatState,
	contextUse,
	endedTurn,
	runningTurn,
	selectionChip,
	userTurn,
} from "../../support/chatStates";
import { until } from "../../support/until";
import { openView, type OpenView } from "./openView";

const turns = [userTurn("q1", "Hello"), endedTurn("a1", "Hi")];
const talk = (use: Partial<ContextUse>, more: Parameters<typeof chatState>[0] = {}) =>
	chatState({ turns, contextUse: { ...contextUse, ...use }, ...more });
const full = { historyTokens: 7_000 };

describe("the context", () => {
	it("is shown as the part that is taken, with all that takes it in the tooltip and behind a click", async () => {
		const view = await openView(talk({}));
		const button = view.button("Context 25 %: 2,048 of 8,192 tokens");
		assert.match(button.textContent, /25 %/);
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

	it("is closed by Escape without a Stop of the answer", async () => {
		const running = [userTurn("q1", "Hello"), runningTurn("a1", "H")];
		const view = await openView(talk({}, { turns: running }));
		const button = view.button("Context 25 %: 2,048 of 8,192 tokens");
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

	it("is counted of what is typed: the host hears of it at once, and of the last word soon", async () => {
		const view = await openView(talk({}));
		for (const text of ["H", "He", "Hel", "Hello"]) {
			await view.type(text);
		}
		const told = () => view.port.sentOf("draftTyped").map(({ text }) => text);
		assert.equal(told()[0], "H");
		await until("the last word is told", () => told().at(-1) === "Hello");
	});

	describe("when it is nearly full", () => {
		const notice = (view: OpenView) => view.app.querySelector("context-notice section");

		it("says so, with what can be done", async () => {
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

		it("says that the message is too long where no conversation could leave", async () => {
			const view = await openView(talk({ historyTokens: 0, draftTokens: 6_000 }));
			assert.match(
				notice(view)?.textContent ?? "",
				/too long for the context: 7,012 tokens with the system prompt, where 6,144/,
			);
		});

		it("offers no larger context than the model was trained for, and no summary of nothing", async () => {
			const view = await openView(talk({ ...full, trainedContextTokens: 8_192 }, { turns: [] }));
			assert.ok(notice(view));
			assert.equal(notice(view)?.querySelectorAll("vscode-button").length, 0);
		});

		it("waits for the end of an answer", async () => {
			const running = [userTurn("q1", "Hello"), runningTurn("a1", "H")];
			const view = await openView(talk(full, { turns: running }));
			assert.equal(notice(view), null);
		});

		it("is not said again in the same conversation once it was read, until there was room", async () => {
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
