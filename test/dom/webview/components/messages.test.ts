import assert from "node:assert/strict";
import type { ChatState } from "../../../../src/protocol/chat/chat";
import {
	answerStats,
	chatState,
	crash,
	endedTurn,
	runningTurn,
	selectionChip,
	settingsState,
	userTurn,
	thinkingModel,
} from "../../../support/view/chatStates";
import { openView, type OpenView } from "./openView";

const question = userTurn("question", "**Hello**");
const withSettings = (
	changes: Parameters<typeof settingsState>[0],
	chat: ChatState,
): ChatState => ({
	...chat,
	settings: settingsState(changes),
});
const articles = ({ app }: OpenView): readonly (string | null)[] =>
	[...app.querySelectorAll("article")].map((article) => article.getAttribute("aria-label"));

describe("the log", () => {
	it("begins with the system message, and names the speakers", async () => {
		const view = await openView(chatState({ turns: [question, endedTurn("answer", "Hi")] }));
		assert.deepEqual(articles(view), ["System", "You", "Assistant"]);
		const log = view.find('[role="log"]');
		assert.equal(log.getAttribute("aria-label"), "Conversation");
		assert.equal(log.getAttribute("aria-live"), "off");
		assert.equal(view.app.querySelectorAll('[role="status"]').length, 1);
	});

	it("copies the system message", async () => {
		const view = await openView();
		await view.click(view.find("system-message copy-button button"));
		assert.deepEqual(view.port.sent.at(-1), {
			type: "copyText",
			text: chatState().settings.effective.systemPrompt,
		});
	});

	it("collapses a long system message until it is expanded", async () => {
		const systemPrompt = "First line\nSecond line";
		const view = await openView(withSettings({ systemPrompt }, chatState()));
		assert.ok(view.find(".system-text").classList.contains("collapsed"));
		await view.click(view.button("Show all"));
		assert.ok(!view.find(".system-text").classList.contains("collapsed"));
		assert.equal(view.button("Show less").getAttribute("aria-expanded"), "true");
	});

	it("shows a question as it was written", async () => {
		const view = await openView(chatState({ turns: [question] }));
		assert.equal(view.find(".user-text").textContent, "**Hello**");
	});

	it("copies a question as it was written, and one of code alone as its labels", async () => {
		const other = { ...selectionChip, id: "chip-2", label: "shop.py" };
		const view = await openView(
			chatState({
				turns: [
					userTurn("q1", "**Hello**", { attachments: [selectionChip] }),
					endedTurn("a1", "Hi"),
					userTurn("q2", "", { attachments: [selectionChip, other] }),
				],
			}),
		);
		for (const button of view.app.querySelectorAll<HTMLElement>(".user copy-button button")) {
			await view.click(button);
		}
		assert.deepEqual(
			view.port.sentOf("copyText").map(({ text }) => text),
			["**Hello**", "math.ts:3-5\nshop.py"],
		);
	});

	it("opens the code attached to a question, and does not offer to remove it", async () => {
		const asked = userTurn("question", "Why?", { attachments: [selectionChip] });
		const view = await openView(chatState({ turns: [asked] }));
		await view.click(view.button("math.ts:3-5"));
		assert.equal(view.port.sentOf("revealAttachment").length, 1);
		assert.equal(view.app.querySelector(".chip-remove"), null);
	});

	it("marks the first message that the model sees", async () => {
		const turns = [userTurn("q1", "1"), endedTurn("a1", "1"), userTurn("q2", "2")];
		const view = await openView(chatState({ turns, visibleFrom: "q2" }));
		assert.equal(
			view.find(".marker").nextElementSibling?.querySelector("article")?.textContent.trim(),
			"2",
		);
		view.port.publish({ type: "contextTrimmed", visibleFrom: undefined });
		await view.drawn();
		assert.equal(view.app.querySelector(".marker"), null);
	});

	it("offers three ways to begin when it is empty, and sends the example at once", async () => {
		const view = await openView();
		assert.match(
			view.find("empty-state").textContent,
			/tiny-chat.*CPU, 1 thread.*leaves this machine/s,
		);
		await view.click(view.button("Attach Code to Chat"));
		await view.click(view.button("Select Model"));
		await view.click(view.button("Ask an Example"));
		assert.deepEqual(
			view.port.sent.slice(1).map(({ type }) => type),
			["attachSelection", "chooseModel", "draftTyped", "submit"],
		);
		view.port.snapshot(chatState({ turns: [question] }));
		await view.drawn();
		assert.equal(view.app.querySelector("empty-state"), null);
	});

	it("keeps what was typed when the example is asked", async () => {
		const view = await openView();
		await view.type("mine");
		await view.click(view.button("Ask an Example"));
		const intent = view.port.sent.at(-1);
		assert.ok(intent?.type === "submit" && !intent.text.includes("mine"));
		view.port.publish({
			type: "turnStarted",
			user: userTurn(intent.turnId, intent.text),
			answer: runningTurn("answer"),
		});
		await view.drawn();
		assert.equal(view.textbox.value, "mine");
	});
});

describe("an answer", () => {
	it("is busy until it ends, and grows without redrawing its existing text", async () => {
		const view = await openView(chatState({ turns: [question, runningTurn("answer", "One\n\n")] }));
		const article = view.find('article[aria-label="Assistant"]');
		assert.equal(article.getAttribute("aria-busy"), "true");
		const text = (fact: string, offset: number) => {
			view.port.publish({
				type: "textAppended",
				turnId: "answer",
				channel: "reply",
				offset,
				text: fact,
			});
			return view.drawn();
		};
		await text("Two\n\n", 5);
		await text("Three", 10);
		const first = view.find(".markdown p");
		await text(" and more", 15);
		assert.equal(view.find(".markdown p"), first);
		assert.deepEqual(
			[...view.app.querySelectorAll(".markdown p")].map(({ textContent }) => textContent),
			["One", "Two", "Three and more"],
		);

		view.port.publish({
			type: "turnEnded",
			turnId: "answer",
			outcome: { kind: "stopped", stats: answerStats },
		});
		await view.drawn();
		assert.equal(article.getAttribute("aria-busy"), "false");
		assert.equal(view.find(".foot-text").textContent, "45 tokens · 450 tokens/s · Stopped");
	});

	it("grows without changing the other messages", async () => {
		const view = await openView(
			chatState({
				turns: [question, endedTurn("a1", "One"), userTurn("q2", "2"), runningTurn("a2", "Tw")],
			}),
		);
		const changed = new Set<string | undefined>();
		const observers = [...view.app.querySelectorAll<HTMLElement>("[data-turn-id]")].map((turn) => {
			const observer = new MutationObserver(() => changed.add(turn.dataset.turnId));
			observer.observe(turn, {
				subtree: true,
				childList: true,
				characterData: true,
				attributes: true,
			});
			return observer;
		});
		view.port.publish({
			type: "textAppended",
			turnId: "a2",
			channel: "reply",
			offset: 2,
			text: "o",
		});
		await view.drawn();
		for (const observer of observers) {
			observer.disconnect();
		}
		assert.deepEqual([...changed], ["a2"]);
	});

	it("redraws only its text when Markdown is switched on or off", async () => {
		const chat = chatState({ turns: [question, endedTurn("answer", "**bold**\n  kept")] });
		const view = await openView(chat);
		const article = view.find('article[aria-label="Assistant"]');
		assert.equal(view.find(".markdown strong").textContent, "bold");
		view.port.publish({ type: "settingsChanged", settings: settingsState({ markdown: false }) });
		await view.drawn();
		assert.equal(view.find(".plain-text").textContent, "**bold**\n  kept");
		assert.equal(view.app.querySelector(".markdown"), null);
		view.port.publish({ type: "settingsChanged", settings: settingsState() });
		await view.drawn();
		assert.equal(view.find(".markdown strong").textContent, "bold");
		assert.equal(view.find('article[aria-label="Assistant"]'), article);
	});

	it("shows the elapsed time while streaming is off", async () => {
		const answer = runningTurn("answer", "", { startedAtMs: Date.now() - 12_000 });
		const view = await openView(
			withSettings({ streaming: false }, chatState({ turns: [question, answer] })),
		);
		assert.match(view.find("answer-progress").textContent.trim(), /^Writing… 1[23] s$/);
		view.port.publish(
			{ type: "textAppended", turnId: "answer", channel: "reply", offset: 0, text: "All of it" },
			{ type: "turnEnded", turnId: "answer", outcome: { kind: "complete", stats: answerStats } },
		);
		await view.drawn();
		assert.equal(view.app.querySelector("answer-progress"), null);
		assert.equal(view.find(".markdown").textContent.trim(), "All of it");
	});

	it("keeps showing the time if streaming is switched off in the middle of it", async () => {
		const answer = runningTurn("answer", "Half of it", { startedAtMs: Date.now() - 12_000 });
		const view = await openView(chatState({ turns: [question, answer] }));
		assert.equal(view.app.querySelector("answer-progress"), null);
		view.port.publish({ type: "settingsChanged", settings: settingsState({ streaming: false }) });
		await view.drawn();
		assert.equal(view.find(".markdown").textContent.trim(), "Half of it");
		const progress = view.find("answer-text + answer-progress");
		assert.match(progress.textContent.trim(), /^Writing… 1[23] s$/);
	});

	it("shows the progress of a download, and lets the user cancel it", async () => {
		const answer = runningTurn("answer", "", {
			state: { kind: "running", progress: { kind: "preparing" } },
		});
		const view = await openView(
			chatState({
				turns: [question, answer],
				model: {
					kind: "downloading",
					name: "big",
					progress: {
						receivedBytes: 2e8,
						totalBytes: 2e9,
						bytesPerSecond: 1e7,
						activity: "receiving",
					},
				},
			}),
		);
		assert.match(
			view.find("answer-progress").textContent,
			/10% \(200 MB of 2\.0 GB\), 10\.0 MB\/s, 3 min left/,
		);
		await view.click(view.button("Cancel Download"));
		assert.equal(view.port.sentOf("stop").length, 1);
	});

	it("keeps thoughts collapsed and separate", async () => {
		const thinking = runningTurn("answer", "", { thought: "Hm" });
		const view = await openView(chatState({ turns: [question, thinking] }));
		assert.match(view.find("summary").textContent, /^Thinking/);
		assert.equal(view.find("details").hasAttribute("open"), false);
		view.port.publish(
			{ type: "thoughtEnded", turnId: "answer", durationMs: 4200 },
			{ type: "textAppended", turnId: "answer", channel: "reply", offset: 0, text: "Yes" },
		);
		await view.drawn();
		assert.equal(view.find("summary").textContent, "Thought for 4 s");
		assert.equal(view.find(".markdown").textContent.trim(), "Yes");
	});

	it("can be requested once while the model thinks, if the model's thoughts can be ended", async () => {
		const turns = [question, runningTurn("answer", "", { thought: "Hm" })];
		const view = await openView(chatState({ turns, model: thinkingModel }));
		const button = view.button("Answer Now") as HTMLButtonElement;
		await view.click(button);
		assert.deepEqual(view.port.sentOf("answerNow"), [{ type: "answerNow", answerId: "answer" }]);
		assert.equal(button.disabled, true);
		view.port.publish({ type: "thoughtEnded", turnId: "answer", durationMs: 4200 });
		await view.drawn();
		assert.doesNotMatch(view.find("thinking-block").textContent, /Answer Now/);
		const other = await openView(chatState({ turns }));
		assert.doesNotMatch(other.find("thinking-block").textContent, /Answer Now/);
	});

	it("is copied as the model wrote it", async () => {
		const view = await openView(chatState({ turns: [question, endedTurn("answer", "**bold**")] }));
		const copy = view.find(".assistant copy-button button");
		await view.click(copy);
		assert.deepEqual(view.port.sentOf("copyText"), [{ type: "copyText", text: "**bold**" }]);
		assert.equal(copy.title, "Copied");
		assert.equal(view.heard(), "Copied");
	});

	it("is announced once when it starts and once when it is complete", async () => {
		const view = await openView();
		const region = view.find(".visually-hidden[aria-live='polite']");
		const heard: string[] = [];
		const observer = new MutationObserver((changes) => {
			for (const added of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
				heard.push(...(added instanceof HTMLElement ? [added.textContent] : []));
			}
		});
		observer.observe(region, { childList: true });
		view.port.publish({ type: "turnStarted", user: question, answer: runningTurn("answer") });
		await view.drawn();
		for (const [offset, text] of ["H", "i"].entries()) {
			view.port.publish({
				type: "textAppended",
				turnId: "answer",
				channel: "reply",
				offset,
				text,
			});
			await view.drawn();
		}
		view.port.publish({
			type: "turnEnded",
			turnId: "answer",
			outcome: { kind: "complete", stats: answerStats },
		});
		await view.drawn();
		observer.disconnect();
		assert.deepEqual(heard, ["The answer has started", "Hi"]);
	});
});

describe("a failure", () => {
	const failed = (id: string) => endedTurn(id, "Hal", { kind: "failed", failure: crash });

	it("keeps the received text, says why the answer ended, and offers actions", async () => {
		const view = await openView(chatState({ turns: [question, failed("answer")] }));
		assert.equal(view.find(".markdown").textContent.trim(), "Hal");
		assert.match(view.find(".failure-sentence").textContent, /SIGABRT/);
		assert.equal(view.find(".failure-details").textContent.trim(), "GGML_ASSERT failed");
		for (const name of ["Retry", "Use CPU", "Show Crash Report", "Show Log"]) {
			await view.click(view.button(name));
		}
		assert.deepEqual(
			view.port.sent.slice(1).map(({ type }) => type),
			["retry", "retryOnCpu", "showCrashReport", "showLog"],
		);
		assert.deepEqual(view.port.sentOf("showCrashReport"), [
			{ type: "showCrashReport", reportId: "report" },
		]);
	});

	it("offers no actions once the conversation has continued", async () => {
		const view = await openView(
			chatState({ turns: [question, failed("a1"), userTurn("q2", "2"), endedTurn("a2", "Hi")] }),
		);
		assert.equal(view.app.querySelector("failure-card vscode-button"), null);
	});

	it("of a message that was taken back can be dismissed", async () => {
		const view = await openView(
			chatState({
				refusal: { turnId: "t", text: "Hello", failure: { kind: "modelNotChosen" } },
			}),
		);
		await view.click(view.button("Select Model"));
		await view.click(view.button("Dismiss"));
		assert.deepEqual(
			view.port.sent.slice(1).map(({ type }) => type),
			["chooseModel", "dismissRefusal"],
		);
	});

	it("offers no actions if the conversation has become read-only", async () => {
		const refusal = { turnId: "t", text: "Hello", failure: { kind: "modelNotChosen" } } as const;
		const view = await openView(
			chatState({ refusal, access: { kind: "newerVersion", version: 9 } }),
		);
		assert.throws(() => view.button("Select Model"), /no button/);
	});

	it("opens VS Code's settings for settings that the dialog does not have", async () => {
		const failure = { kind: "tooManyGpuLayers", gpuLayers: 900, freeBytes: 1e9 } as const;
		const view = await openView(chatState({ refusal: { turnId: "t", text: "Hello", failure } }));
		assert.match(view.find(".failure-sentence").textContent, /900 layers/);
		await view.click(view.button("Open Settings"));
		assert.equal(view.port.sentOf("openVsCodeSettings").length, 1);
	});
});
