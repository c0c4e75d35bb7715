import assert from "node:assert/strict";
import { maxTextLength } from "../../../../src/protocol/text/textLimit";
import { emptyViewState, parseViewState } from "../../../../src/webview/state/viewState";
import {
	answerStats,
	chatState,
	endedTurn,
	pathOf,
	preparingTurn,
	runningTurn,
	selectionChip,
	userTurn,
} from "../../../support/view/chatStates";
import { until } from "../../../support/until";
import { openLoadingView, openView, type OpenView } from "./openView";

const running = chatState({ turns: [userTurn("question", "Hello"), runningTurn("answer", "Hi")] });
describe("the composer", () => {
	it("sends on Enter and keeps the text until the host shows the message", async () => {
		const view = await openView();
		await view.type("Hello");
		assert.equal(await view.press("Enter"), false);
		const [submit] = view.port.sentOf("submit");
		assert.equal(submit?.text, "Hello");
		assert.equal(view.textbox.value, "Hello");

		view.port.publish({
			type: "turnStarted",
			user: userTurn(submit.turnId, "Hello"),
			answer: runningTurn("answer"),
		});
		await view.drawn();
		assert.equal(view.textbox.value, "");
		assert.equal(view.port.readState().draft, "");
	});

	it("sends a message that was entered early as soon as the conversation has loaded", async () => {
		const view = await openLoadingView();
		await view.type("Hello");
		await view.press("Enter");
		assert.deepEqual(view.port.sentOf("submit"), []);

		view.port.snapshot(chatState());
		await view.drawn();
		assert.deepEqual(
			view.port.sentOf("submit").map(({ text }) => text),
			["Hello"],
		);
	});

	it("does not send a message that was entered early and then edited", async () => {
		const view = await openLoadingView();
		await view.type("Hello");
		await view.press("Enter");
		await view.type("Hello, one more thing");

		view.port.snapshot(chatState());
		await view.drawn();
		assert.deepEqual(view.port.sentOf("submit"), []);
	});

	it("queues a message that was entered early while an answer is running", async () => {
		const view = await openLoadingView();
		await view.type("And then?");
		await view.press("Enter");

		view.port.snapshot(running);
		await view.drawn();
		assert.equal(view.port.sentOf("submit")[0]?.text, "And then?");
	});

	it("waits while the conversation is being read", async () => {
		const view = await openView(chatState({ chatId: "", access: { kind: "loading" } }));
		assert.match(view.find(".log").textContent, /Opening the chat…/);
		assert.equal(view.app.querySelector("empty-state"), null);
		await view.type("Hello");
		await view.press("Enter");
		assert.deepEqual(view.port.sentOf("submit"), []);
		view.port.publish({ type: "chatShown", path: pathOf(chatState()) });
		await view.drawn();
		assert.equal(view.port.sentOf("submit")[0]?.text, "Hello");
		assert.equal(view.textbox.value, "Hello");
	});

	it("leaves Shift+Enter to the textbox, which inserts a line break", async () => {
		const view = await openView();
		await view.type("Hello");
		assert.equal(await view.press("Enter", { shiftKey: true }), true);
		assert.deepEqual(view.port.sentOf("submit"), []);
	});

	it("sends nothing while an input method composes a word", async () => {
		const view = await openView();
		await view.type("こんにちは");
		await view.press("Enter", { isComposing: true });
		await view.press("Enter", { keyCode: 229 });
		assert.deepEqual(view.port.sentOf("submit"), []);
		await view.press("Enter");
		assert.equal(view.port.sentOf("submit").length, 1);
	});

	it("does not send an empty message", async () => {
		const view = await openView();
		await view.type("  \n");
		await view.press("Enter");
		assert.equal(view.button("Send").hasAttribute("disabled"), true);
		assert.deepEqual(view.port.sentOf("submit"), []);
	});

	it("sends attached code without text", async () => {
		const view = await openView(chatState({ attachments: [selectionChip] }));
		await view.click(view.button("Send"));
		assert.equal(view.port.sentOf("submit")[0]?.text, "");
	});

	it("queues and shows a message that is sent while an answer is running", async () => {
		const view = await openView(running);
		await view.type("And then?");
		await view.click(view.button("Send"));
		const [submit] = view.port.sentOf("submit");
		assert.equal(submit?.text, "And then?");
		assert.equal(view.textbox.value, "And then?");

		const queued = { turnId: submit.turnId, text: submit.text, attachments: [selectionChip] };
		view.port.publish({ type: "queueChanged", queued });
		await view.drawn();
		assert.equal(view.textbox.value, "");
		assert.match(
			view.find("queued-message").textContent,
			/Waiting\s+And then\?\s+With math\.ts:3-5/,
		);
		assert.equal(view.heard(), "Your message waits for the end of the answer");

		view.port.publish(
			{ type: "turnEnded", turnId: "answer", outcome: { kind: "complete", stats: answerStats } },
			{ type: "queueChanged", queued: undefined },
			{
				type: "turnStarted",
				user: userTurn(submit.turnId, "And then?"),
				answer: preparingTurn("next"),
			},
		);
		await view.drawn();
		assert.equal(view.textbox.value, "");
		assert.equal(view.find("queued-message").textContent.trim(), "");
	});

	it("keeps a second message while one is queued, and says why", async () => {
		const queued = { turnId: "t", text: "Next", attachments: [] };
		const view = await openView({ ...running, queued });
		await view.type("And then?");
		await view.press("Enter");
		assert.deepEqual(view.port.sentOf("submit"), []);
		assert.equal(view.textbox.value, "And then?");
		const hint =
			"Your message is kept. Another message is waiting. Send yours after that one is answered, or remove that one.";
		assert.equal(view.find("#composer-hint").textContent.trim(), hint);
		assert.equal(view.heard(), hint);

		view.port.publish({ type: "queueChanged", queued: undefined });
		await view.drawn();
		assert.equal(view.find("#composer-hint").textContent.trim(), "");
		await view.press("Enter");
		assert.equal(view.port.sentOf("submit")[0]?.text, "And then?");
	});

	it("resends a refused message before the queued one", async () => {
		const view = await openView(
			chatState({
				queued: { turnId: "q", text: "Next", attachments: [] },
				refusal: { turnId: "r", text: "Hello", failure: { kind: "modelNotChosen" } },
			}),
			{ ...emptyViewState, draft: "Hello, shorter" },
		);
		await view.press("Enter");
		assert.equal(view.find("#composer-hint").textContent.trim(), "");
		const turnId = view.port.sentOf("submit")[0]?.turnId ?? "";
		view.port.publish({
			type: "turnStarted",
			user: userTurn(turnId, "Hello, shorter"),
			answer: preparingTurn("answer"),
		});
		await view.drawn();
		assert.equal(view.textbox.value, "");
		assert.equal(view.find(".queued-text").textContent, "Next");
	});

	it("puts a queued message that is taken back in front of the draft", async () => {
		const queued = { turnId: "t", text: "Next", attachments: [] };
		const view = await openView({ ...running, queued });
		await view.type("and more");
		await view.click(view.button("Remove"));
		assert.equal(view.textbox.value, "Next\nand more");
		assert.equal(view.port.sentOf("removeQueued").length, 1);
		assert.equal(document.activeElement, view.textbox);
		assert.equal(view.heard(), "The message is in the textbox again");
	});

	it("offers to send the queued message only if no answer is running", async () => {
		const queued = { turnId: "t", text: "Next", attachments: [] };
		const view = await openView({ ...running, queued });
		assert.throws(() => view.button("Send Now"), /no button/);
		view.port.publish({
			type: "turnEnded",
			turnId: "answer",
			outcome: { kind: "stopped", stats: undefined },
		});
		await view.drawn();
		await view.click(view.button("Send Now"));
		assert.equal(view.port.sentOf("sendQueued").length, 1);
	});

	for (const [access, sentence] of [
		[
			{ kind: "answeredElsewhere" },
			"Another window is answering in this chat. Your message is kept: send it when that answer has ended.",
		],
		[
			{ kind: "newerVersion", version: 9 },
			"This chat is read-only here, because a newer version of the extension wrote it. Update the extension, or start a new chat. Your message is kept.",
		],
	] as const) {
		it(`keeps a message, says why, and offers a new chat in a conversation that is ${access.kind}`, async () => {
			const view = await openView({ ...running, access });
			await view.type("Hello");
			await view.press("Enter");
			assert.deepEqual(view.port.sentOf("submit"), []);
			assert.equal(view.textbox.value, "Hello");
			assert.equal(view.find("#composer-hint").textContent.trim(), sentence);
			assert.throws(() => view.button("Stop"), /no button/);
			await view.press("Escape");
			await view.click(view.find("chat-notices vscode-button"));
			assert.deepEqual(view.port.sent.at(-1), { type: "newChat" });
			assert.deepEqual(view.port.sentOf("stop"), []);
		});
	}

	it("keeps a message that is too long for the host, and names the limit", async () => {
		const view = await openView();
		await view.type("x".repeat(maxTextLength + 1));
		await view.press("Enter");
		assert.deepEqual(view.port.sentOf("submit"), []);
		const tooLong =
			"This message has 4,000,001 characters; at most 4,000,000 can be sent. Shorten it.";
		assert.equal(view.find("#composer-hint").textContent.trim(), tooLong);
		assert.equal(view.heard(), tooLong);

		await view.type(`${"x".repeat(maxTextLength)}\n`);
		assert.equal(view.find("#composer-hint").textContent.trim(), "");
		await view.press("Enter");
		assert.equal(view.port.sentOf("submit")[0]?.text.length, maxTextLength);
	});

	it("shows Stop beside Send while an answer is running", async () => {
		const view = await openView(running);
		await view.click(view.button("Stop"));
		assert.equal(view.port.sentOf("stop").length, 1);
		assert.ok(view.button("Send"));
		assert.equal(document.activeElement, view.textbox);

		view.port.snapshot(chatState());
		await view.drawn();
		assert.equal(view.app.querySelector('[aria-label="Stop"]'), null);
		assert.ok(view.button("Send"));
	});

	it("stops on Escape wherever the focus is, unless no answer is running or a word is being composed", async () => {
		const view = await openView(running);
		await view.press("Escape", { isComposing: true });
		assert.deepEqual(view.port.sentOf("stop"), []);
		await view.press("Escape", {}, view.find('[role="log"]'));
		assert.equal(view.port.sentOf("stop").length, 1);
		await view.press("Escape", {}, document.body);
		assert.equal(view.port.sentOf("stop").length, 2);

		view.port.snapshot(chatState());
		await view.press("Escape");
		assert.equal(view.port.sentOf("stop").length, 2);
	});

	it("recalls the last message on ArrowUp in an empty textbox only", async () => {
		const view = await openView(
			chatState({ turns: [userTurn("q", "Hello"), endedTurn("a", "Hi")] }),
		);
		assert.equal(await view.press("ArrowUp"), false);
		assert.equal(view.textbox.value, "Hello");
		assert.equal(view.textbox.selectionStart, 5);
		await view.type("x");
		assert.equal(await view.press("ArrowUp"), true);
		assert.equal(view.textbox.value, "x");
	});

	it("restores the draft of an earlier page", async () => {
		const view = await openView(chatState(), { ...emptyViewState, draft: "Half a thou" });
		assert.equal(view.textbox.value, "Half a thou");
		await view.type("Half a thought");
		assert.equal(view.port.readState().draft, "Half a thought");
	});

	it("restores a refused message only in the view that sent it", async () => {
		const view = await openView();
		await view.type("Hello");
		await view.press("Enter");
		const turnId = view.port.sentOf("submit")[0]?.turnId ?? "";
		view.port.publish({
			type: "turnStarted",
			user: userTurn(turnId, "Hello"),
			answer: preparingTurn("answer"),
		});
		await view.drawn();
		await view.type("typed since");
		view.port.publish(
			{ type: "refused", refusal: { turnId, text: "Hello", failure: undefined } },
			{ type: "pathChanged", keptTurns: 0, turns: [], versions: {} },
			{ type: "attachmentsChanged", attachments: [] },
		);
		await view.drawn();
		assert.equal(view.textbox.value, "Hello\ntyped since");
		// The user stopped it, which needs no explanation.
		assert.equal(view.app.querySelector("failure-card"), null);

		const other = await openView(
			chatState({ refusal: { turnId, text: "Hello", failure: undefined } }),
		);
		assert.equal(other.textbox.value, "");
	});

	it("restores a message if the window was reloaded before its answer began", async () => {
		const view = await openView();
		await view.type("Hello");
		await view.press("Enter");
		view.port.publish({
			type: "turnStarted",
			user: userTurn(view.port.sentOf("submit")[0]?.turnId ?? "", "Hello"),
			answer: preparingTurn("answer"),
		});
		await view.drawn();
		const kept = parseViewState(JSON.parse(JSON.stringify(view.port.readState())));
		assert.equal(kept.draft, "");

		const reloaded = await openView(chatState(), kept);
		assert.equal(reloaded.textbox.value, "Hello");
		const again = await openView(chatState(), reloaded.port.readState());
		assert.equal(again.textbox.value, "Hello");
	});

	it("takes the focus when the host asks, after Clear, and after Undo", async () => {
		const view = await openView(chatState({ turns: [endedTurn("a", "Hi")] }));
		view.port.emit({ type: "focusRequested" });
		assert.equal(document.activeElement, view.textbox);

		view.textbox.blur();
		await view.click(view.button("Clear"));
		assert.equal(document.activeElement, view.textbox);
		view.port.publish({ type: "undoOffered", undoable: { kind: "clear" } });
		await view.drawn();
		view.button("Undo").focus();
		await view.click(view.button("Undo"));
		assert.equal(view.port.sentOf("undo").length, 1);
		view.port.publish({ type: "undoEnded" });
		await until("the focus is in the textbox", () => document.activeElement === view.textbox);
	});

	it("names the editor from which code is attached, or says why no code can be attached", async () => {
		const view = await openView();
		const inComposer = 'button[aria-label="Attach Code to Chat"]';
		assert.match(view.find(inComposer).title, /from math\.ts$/);
		view.port.publish({ type: "codeSourceChanged", source: { name: undefined, isReading: false } });
		await view.drawn();
		const button = view.find(inComposer) as HTMLButtonElement;
		assert.equal(button.disabled, true);
		assert.match(button.title, /^Open a file first/);
		assert.equal(
			view.find("empty-state [title^='Open a file']").getAttribute("title"),
			button.title,
		);
		assert.equal(view.find("empty-state [title^='Open a file']").hasAttribute("disabled"), true);
	});

	it("shows code that is being read as a chip, which is not sent alone", async () => {
		const view = await openView();
		view.port.publish({ type: "codeSourceChanged", source: { name: "math.ts", isReading: true } });
		await view.drawn();
		assert.match(view.find(".chip-pending").textContent, /math\.ts\s+reading…/);
		assert.equal((view.button("Send") as HTMLButtonElement).disabled, true);
		view.port.publish({ type: "codeSourceChanged", source: { name: "math.ts", isReading: false } });
		await view.drawn();
		assert.equal(view.app.querySelector(".chip-pending"), null);
	});

	it("says why an action was not carried out, until the user continues", async () => {
		const view = await openView();
		view.port.emit({ type: "told", sentence: "math.ts is read-only here." });
		await view.drawn();
		assert.equal(view.find("#composer-hint").textContent, "math.ts is read-only here.");
		assert.equal(view.heard(), "math.ts is read-only here.");
		await view.type("And then?");
		assert.equal(view.find("#composer-hint").textContent, "");
	});

	it("shows attached code as chips that can be opened and removed", async () => {
		const view = await openView(
			chatState({ attachments: [{ ...selectionChip, scope: "symbol" }] }),
		);
		await view.click(view.button("math.ts:3-5"));
		await view.click(view.button("Remove math.ts:3-5"));
		assert.equal(view.find(".chip-scope").textContent, "symbol");
		assert.deepEqual(view.port.sent.slice(1), [
			{ type: "revealAttachment", attachmentId: "chip-1" },
			{ type: "removeAttachment", attachmentId: "chip-1" },
		]);
	});

	describe("when a long text is pasted", () => {
		const long = "line\n".repeat(10_000);

		/** Pastes a text. Returns whether the browser's default action remains. */
		async function paste(view: OpenView, text: string): Promise<boolean> {
			const event = new Event("paste", { bubbles: true, cancelable: true });
			Object.assign(event, { clipboardData: { getData: () => text } });
			const isLeftAlone = view.textbox.dispatchEvent(event);
			await view.drawn();
			return isLeftAlone;
		}

		const attached = (id: string) =>
			({
				type: "attachmentsChanged",
				attachments: [
					{
						id,
						label: "Pasted text, 10,000 lines",
						scope: "pasted",
						path: "Pasted text",
						languageId: "",
					},
				],
			}) as const;

		for (const [what, text] of [
			["of 10,000 lines", long],
			["of 200 short lines", Array.from({ length: 200 }, () => "x").join("\n")],
			["of one line of 20,000 characters", "x".repeat(20_000)],
		] as const) {
			it(`attaches a text ${what}`, async () => {
				const view = await openView();
				assert.equal(await paste(view, text), false);
				const [intent] = view.port.sentOf("attachText");
				assert.equal(intent?.text, text);
				assert.equal(view.textbox.value, "");
			});
		}

		for (const [what, text] of [
			["of 199 lines", Array.from({ length: 199 }, () => "x").join("\n")],
			["that is empty", ""],
			["that is longer than any message may be", "x".repeat(4_000_001)],
		] as const) {
			it(`leaves a text ${what} to the textbox`, async () => {
				const view = await openView();
				assert.equal(await paste(view, text), true);
				assert.deepEqual(view.port.sentOf("attachText"), []);
			});
		}

		it("shows it as a chip, and moves it into the textbox on request", async () => {
			const view = await openView();
			await view.type("Before after");
			view.textbox.setSelectionRange(7, 7);
			await paste(view, long);
			const [intent] = view.port.sentOf("attachText");
			assert.throws(
				() => view.button("Insert as Text"),
				/no button/,
				"the host has yet to take it",
			);
			view.port.publish(attached(intent?.attachmentId ?? ""));
			await view.drawn();
			assert.match(view.find(".chips").textContent, /Pasted text, 10,000 lines/);
			await view.click(view.button("Insert as Text"));
			assert.equal(view.textbox.value, `Before ${long}after`);
			assert.deepEqual(view.port.sentOf("removeAttachment"), [
				{ type: "removeAttachment", attachmentId: intent?.attachmentId },
			]);
			assert.throws(() => view.button("Insert as Text"), /no button/);
		});

		it("withdraws the offer once the chip was sent or removed", async () => {
			const view = await openView();
			await paste(view, long);
			const [intent] = view.port.sentOf("attachText");
			view.port.publish(attached(intent?.attachmentId ?? ""));
			await view.drawn();
			view.port.publish({ type: "attachmentsChanged", attachments: [] });
			await view.drawn();
			assert.throws(() => view.button("Insert as Text"), /no button/);
		});
	});
});
