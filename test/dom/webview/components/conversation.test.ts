import assert from "node:assert/strict";
import type { ChatState, TurnOutcome } from "../../../../src/protocol/chat/chat";
import { emptyViewState } from "../../../../src/webview/state/viewState";
import {
	answerStats,
	chatState,
	crash,
	endedTurn,
	pathOf,
	readyModel,
	runningTurn,
	selectionChip,
	userTurn,
} from "../../../support/view/chatStates";
import { until } from "../../../support/until";
import { openView, type OpenView } from "./openView";

const question = userTurn("q1", "Hello");
const answer = endedTurn("a1", "Hi");
const talk = chatState({ title: "Hello", turns: [question, answer] });
const ending = (outcome: TurnOutcome, reply = "Hal"): ChatState =>
	chatState({ turns: [question, endedTurn("a1", reply, outcome)] });
const has = (view: OpenView, name: string): boolean =>
	[...view.app.querySelectorAll("button, vscode-button")].some(
		(button) => (button.getAttribute("aria-label") ?? button.textContent.trim()) === name,
	);

describe("the header", () => {
	it("names the conversation, and opens others", async () => {
		const view = await openView(talk);
		assert.equal(view.find("h1").textContent, "Hello");
		for (const name of ["Rename Chat", "New Chat", "History"]) {
			await view.click(view.button(name));
		}
		assert.deepEqual(
			view.port.sent.slice(1).map(({ type }) => type),
			["renameChat", "newChat", "showHistory"],
		);
		view.port.publish({ type: "titleChanged", title: "Greetings" });
		await view.drawn();
		assert.equal(view.find("h1").textContent, "Greetings");
	});

	it("does not offer to rename a conversation that is empty or read-only", async () => {
		assert.equal(has(await openView(), "Rename Chat"), false);
		const readOnly = await openView({ ...talk, access: { kind: "newerVersion", version: 9 } });
		assert.equal(has(readOnly, "Rename Chat"), false);
	});
});

describe("the actions of a message", () => {
	it("regenerate an answer, or delete a message with everything after it", async () => {
		const view = await openView(talk);
		await view.click(view.button("Regenerate"));
		await view.click(view.find('.assistant [aria-label="Delete"]'));
		await view.click(view.find('.user [aria-label="Delete"]'));
		assert.deepEqual(view.port.sent.slice(1), [
			{ type: "regenerate", answerId: "a1" },
			{ type: "deleteTurn", turnId: "a1" },
			{ type: "deleteTurn", turnId: "q1" },
		]);
	});

	it("are marked if they need an idle conversation, and the log says whether it is idle", async () => {
		const view = await openView({ ...talk, versions: { a1: ["a0", "a1"] } });
		const log = view.find(".log");
		assert.deepEqual(
			[...view.app.querySelectorAll(".needs-rest")].map((button) =>
				button.getAttribute("aria-label"),
			),
			["Edit", "Delete", "Previous version", "Next version", "Regenerate", "Delete"],
		);
		assert.ok(log.classList.contains("at-rest"));
		view.port.publish({ type: "accessChanged", access: { kind: "answeredElsewhere" } });
		await view.drawn();
		assert.ok(!log.classList.contains("at-rest"));
		view.port.snapshot({ ...talk, turns: [question, runningTurn("a1")] });
		await view.drawn();
		assert.ok(!log.classList.contains("at-rest"));
	});
});

describe("an incomplete answer", () => {
	for (const outcome of [
		{ kind: "stopped", stats: answerStats },
		{ kind: "maxTokens", maxTokens: 64, stats: answerStats },
		{ kind: "contextFull", contextTokens: 512, stats: answerStats },
		{ kind: "interrupted" },
	] satisfies TurnOutcome[]) {
		it(`can be continued if its outcome is ${outcome.kind}`, async () => {
			const view = await openView(ending(outcome));
			await view.click(view.button("Continue"));
			assert.deepEqual(view.port.sent.at(-1), { type: "continue", answerId: "a1" });
		});
	}

	it("offers to continue first if the inference process ended", async () => {
		const view = await openView(ending({ kind: "failed", failure: crash }));
		const buttons = [...view.app.querySelectorAll("failure-card vscode-button")];
		assert.deepEqual(
			buttons.map((button) => [button.textContent.trim(), button.hasAttribute("secondary")]),
			[
				["Continue", false],
				["Retry", true],
				["Use CPU", true],
				["Show Crash Report", true],
				["Show Log", true],
			],
		);
		await view.click(view.button("Continue"));
		assert.deepEqual(view.port.sent.at(-1), { type: "continue", answerId: "a1" });
	});

	it("cannot be continued if it is complete, empty, not the last, or read-only", async () => {
		const stopped = { kind: "stopped", stats: answerStats } as const;
		const states = [
			talk,
			ending(stopped, ""),
			chatState({
				turns: [
					question,
					endedTurn("a1", "Hal", stopped),
					userTurn("q2", "2"),
					endedTurn("a2", "2"),
				],
			}),
			{ ...ending(stopped), access: { kind: "newerVersion", version: 9 } as const },
		];
		for (const state of states) {
			assert.equal(has(await openView(state), "Continue"), false);
		}
	});

	it("says that it was interrupted if its window closed", async () => {
		const view = await openView(ending({ kind: "interrupted" }));
		assert.equal(view.find(".foot-text").textContent.trim(), "Interrupted when the window closed");
	});

	it("grows from where it stopped", async () => {
		const view = await openView(ending({ kind: "stopped", stats: answerStats }));
		view.port.publish(
			{ type: "answerContinued", turnId: "a1" },
			{ type: "progressed", turnId: "a1", progress: { kind: "decoding" } },
			{ type: "textAppended", turnId: "a1", channel: "reply", offset: 3, text: "lo" },
		);
		await view.drawn();
		assert.equal(view.find(".markdown").textContent.trim(), "Hallo");
		assert.equal(has(view, "Continue"), false);
		assert.equal(view.heard(), "The answer goes on");
	});
});

describe("the versions of a message", () => {
	const second = { ...talk, versions: { q1: ["q1", "q2"], a1: ["a0", "a1", "a2"] } };

	it("are counted, and can be stepped through", async () => {
		const view = await openView(second);
		assert.deepEqual(
			[...view.app.querySelectorAll(".versions")].map((group) => [
				group.getAttribute("aria-label"),
				group.textContent.trim(),
			]),
			[
				["Version 1 of 2", "1/2"],
				["Version 2 of 3", "2/3"],
			],
		);
		await view.click(view.find('.assistant [aria-label="Previous version"]'));
		await view.click(view.find('.assistant [aria-label="Next version"]'));
		const first = view.find('.user [aria-label="Previous version"]');
		assert.equal(first.getAttribute("aria-disabled"), "true");
		await view.click(first);
		assert.deepEqual(view.port.sent.slice(1), [
			{ type: "showVersion", turnId: "a0" },
			{ type: "showVersion", turnId: "a2" },
		]);
	});

	it("are announced, and the clicked arrow keeps the focus", async () => {
		const view = await openView(second);
		const next = view.find('.assistant [aria-label="Next version"]');
		next.focus();
		await view.click(next);
		view.port.publish({
			type: "pathChanged",
			keptTurns: 1,
			turns: [endedTurn("a2", "Hello!")],
			versions: { q1: ["q1", "q2"], a2: ["a0", "a1", "a2"] },
		});
		await until("the arrow has the focus", () => {
			const { activeElement } = document;
			return (
				activeElement !== next &&
				activeElement?.getAttribute("aria-label") === "Next version" &&
				activeElement.closest("assistant-message") !== null
			);
		});
		assert.equal(view.heard(), "Version 3 of 3");
	});

	it("are not shown if there is only one", async () => {
		const view = await openView(talk);
		assert.equal(view.app.querySelector(".versions"), null);
	});
});

describe("editing a message", () => {
	const withCode = chatState({
		turns: [userTurn("q1", "Hello", { attachments: [selectionChip] }), answer],
	});
	const textboxOf = (view: OpenView): HTMLTextAreaElement =>
		view.find('textarea[aria-label="Edit message"]') as HTMLTextAreaElement;
	const write = async (view: OpenView, text: string): Promise<void> => {
		textboxOf(view).value = text;
		textboxOf(view).dispatchEvent(new InputEvent("input", { bubbles: true }));
		await view.drawn();
	};
	async function openEdit(chat = withCode): Promise<OpenView> {
		const view = await openView(chat);
		await view.click(view.button("Edit"));
		return view;
	}

	it("happens in place, with its code", async () => {
		const view = await openEdit();
		assert.equal(textboxOf(view).value, "Hello");
		assert.equal(document.activeElement, textboxOf(view));
		assert.ok(view.find(".user attachment-chips"));
		assert.equal(has(view, "Edit"), false);
	});

	it("sends on Enter, inserts a line break on Shift+Enter, and does not interrupt composing", async () => {
		const view = await openEdit();
		await write(view, "Hello you");
		assert.equal(await view.press("Enter", { shiftKey: true }, textboxOf(view)), true);
		await view.press("Enter", { isComposing: true }, textboxOf(view));
		await view.press("Enter", { keyCode: 229 }, textboxOf(view));
		assert.deepEqual(view.port.sentOf("edit"), []);

		assert.equal(await view.press("Enter", {}, textboxOf(view)), false);
		const [edit] = view.port.sentOf("edit");
		assert.deepEqual([edit?.editedId, edit?.text], ["q1", "Hello you"]);
		assert.equal(document.activeElement, view.textbox);
	});

	it("stays open until the host shows the new version, and keeps its turn ID if it is sent twice", async () => {
		const view = await openEdit();
		await write(view, "Hello you");
		await view.click(view.button("Save and Send"));
		await view.click(view.button("Save and Send"));
		const [edit, again] = view.port.sentOf("edit");
		assert.ok(edit);
		assert.equal(edit.turnId, again?.turnId);
		assert.equal(textboxOf(view).value, "Hello you");

		view.port.publish({
			type: "pathChanged",
			keptTurns: 0,
			turns: [userTurn(edit.turnId, "Hello you"), runningTurn("a2")],
			versions: { [edit.turnId]: ["q1", edit.turnId] },
		});
		await view.drawn();
		assert.equal(view.app.querySelector(".edit-text"), null);
		assert.deepEqual(view.port.readState().edits, []);
	});

	it("is canceled by its button and by Escape, which does not stop a running answer", async () => {
		for (const cancel of [
			(view: OpenView) => view.click(view.button("Cancel")),
			(view: OpenView) => view.press("Escape", {}, textboxOf(view)),
		]) {
			const view = await openEdit();
			await write(view, "Hello you");
			view.port.snapshot({ ...withCode, turns: [...withCode.turns, runningTurn("a2")] });
			await view.drawn();
			await cancel(view);
			assert.equal(view.find(".user-text").textContent, "Hello");
			assert.equal(document.activeElement, view.button("Edit"));
			assert.deepEqual(view.port.sentOf("stop"), []);
			assert.deepEqual(view.port.sentOf("edit"), []);
			assert.deepEqual(view.port.sentOf("keepUnsent").at(-1)?.unsent.edits, []);
		}
	});

	it("is kept when the page is created again, also beside another edit", async () => {
		const view = await openView(
			chatState({ turns: [question, answer, userTurn("q2", "Bye"), endedTurn("a2", "Bye")] }),
		);
		for (const button of view.app.querySelectorAll<HTMLElement>('[aria-label="Edit"]')) {
			await view.click(button);
		}
		await write(view, "Hello you");
		const again = await openView(talk, view.port.readState());
		assert.equal(textboxOf(again).value, "Hello you");
		assert.deepEqual(
			again.port.readState().edits.map(({ editedId, text }) => [editedId, text]),
			[
				["q1", "Hello you"],
				["q2", "Bye"],
			],
		);
	});

	it("is kept while an answer is running, and says why", async () => {
		const view = await openEdit();
		view.port.publish({
			type: "turnStarted",
			user: userTurn("q2", "2"),
			answer: runningTurn("a2"),
		});
		await view.drawn();
		await view.press("Enter", {}, textboxOf(view));
		const hint = "Your edit is kept. Send it when the answer has ended.";
		assert.deepEqual(view.port.sentOf("edit"), []);
		assert.equal(view.find(".edit-hint").textContent, hint);
		assert.equal(view.heard(), hint);
	});

	it("does not send an empty message without code", async () => {
		const bare = await openEdit(talk);
		await write(bare, " ");
		await bare.press("Enter", {}, textboxOf(bare));
		assert.ok(bare.button("Save and Send").hasAttribute("disabled"));
		assert.deepEqual(bare.port.sentOf("edit"), []);

		const view = await openEdit();
		await write(view, " ");
		await view.press("Enter", {}, textboxOf(view));
		assert.equal(view.port.sentOf("edit")[0]?.text, "");
	});
});

describe("the notices", () => {
	it("offer to undo a deletion as long as it can be undone", async () => {
		const view = await openView({ ...talk, undoable: { kind: "deleteTurns", count: 2 } });
		assert.equal(view.find(".notice-text").textContent, "2 messages deleted");
		await view.click(view.button("Undo"));
		assert.deepEqual(view.port.sent.at(-1), { type: "undo" });
		view.port.publish({ type: "undoEnded" });
		await view.drawn();
		assert.equal(view.app.querySelector(".notice"), null);
	});

	it("say once that a model's chat template is not used", async () => {
		const templateStandIn = { problem: { kind: "missing" }, format: "ChatML" } as const;
		const model = { ...readyModel, info: { ...readyModel.info, templateStandIn } };
		const view = await openView({ ...talk, model });
		assert.match(view.find(".notice-text").textContent, /no chat template.* ChatML format/);
		await view.click(view.button("Dismiss"));
		view.port.publish({ type: "modelChanged", model });
		await view.drawn();
		assert.equal(view.app.querySelector(".notice"), null);
	});

	it("say what is wrong with the file, and show the damaged one", async () => {
		const view = await openView(talk);
		view.port.publish({
			type: "noticesChanged",
			notices: [
				{ kind: "damaged", lostRecords: 1, keptAt: "/chats/x.jsonl" },
				{ kind: "notSaved", code: "ENOSPC" },
			],
		});
		await view.drawn();
		const [damaged, notSaved] = [...view.app.querySelectorAll(".notice-text")];
		assert.match(damaged?.textContent ?? "", /damaged: 1 entry could not be read/);
		assert.match(notSaved?.textContent ?? "", /not saved: the disk is full\. Free some space\./);
		assert.equal(view.heard(), damaged?.textContent);
		await view.click(view.button("Show File"));
		assert.deepEqual(view.port.sent.at(-1), { type: "showDamagedFile" });

		view.port.publish({ type: "noticesChanged", notices: [] });
		await view.drawn();
		assert.equal(view.app.querySelector(".notice"), null);
	});
});

describe("another conversation", () => {
	const other = chatState({
		chatId: "other",
		title: "Long ago",
		turns: [userTurn("o1", "Old"), endedTurn("o2", "Older")],
	});

	it("is announced by its title alone, and the view keeps the draft and the edits", async () => {
		const view = await openView(talk);
		await view.type("half a thought");
		await view.click(view.button("Edit"));
		view.port.publish({ type: "chatShown", path: pathOf(other) });
		await view.drawn();
		assert.equal(view.heard(), "Opened Long ago");
		assert.equal(view.textbox.value, "half a thought");
		assert.equal(view.find(".user-text").textContent, "Old");

		view.port.publish({ type: "chatShown", path: pathOf(chatState({ chatId: "new" })) });
		await view.drawn();
		assert.equal(view.heard(), "New chat");

		view.port.publish({ type: "chatShown", path: pathOf(talk) });
		await view.drawn();
		assert.ok(view.find(".edit-text"));
	});

	it("does not change the scroll position in this one", async () => {
		const positions = [
			{ chatId: "chat", turnId: "q1", offsetPx: 3 },
			{ chatId: "other", turnId: "o1", offsetPx: 5 },
		];
		const view = await openView(talk, { ...emptyViewState, positions });
		const place = { chatId: "other", turnId: "o2", offsetPx: 1 };
		view.find("chat-log").dispatchEvent(
			new CustomEvent("position-changed", {
				detail: { chatId: "other", position: place },
				bubbles: true,
			}),
		);
		assert.deepEqual(view.port.readState().positions, [place, positions[0]]);
	});
});
