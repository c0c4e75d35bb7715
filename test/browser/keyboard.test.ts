import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { ChatState } from "../../src/protocol/chat/chat";
import type { BrowserPage } from "../support/view/browserPage";
import {
	answerStats,
	chatState,
	crash,
	endedTurn,
	runningTurn,
	selectionChip,
	userTurn,
} from "../support/view/chatStates";
import { until } from "../support/until";
import { openViewPage } from "../support/view/viewPage";
import type { chatViewPage as ChatViewPage } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

const question = userTurn("q1", "Hello");
const talk = chatState({ title: "Hello", turns: [question, endedTurn("a1", "Hi")] });
/** A limit that is higher than the number of stops in any view here. */
const manyStops = 40;

describe("the chat view by keyboard alone", () => {
	let browser: BrowserPage;
	let page: Page;

	const open = (chat: ChatState): Promise<void> =>
		page.evaluate((state) => chatViewPage.openScripted(state), chat);
	const press = (...keys: readonly string[]): Promise<void> =>
		keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
	const focused = (): Promise<string> => page.evaluate(() => chatViewPage.focused());
	const sent = (): Promise<readonly string[]> =>
		page.evaluate(() =>
			chatViewPage.sent().filter((type) => !["ready", "keepUnsent", "draftTyped"].includes(type)),
		);
	const isFocused = (name: string): Promise<unknown> =>
		until(`“${name}” has the focus`, async () => (await focused()) === name, 5000);

	/** Presses Tab until `name` has the focus. */
	async function tabTo(name: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
		const passed: string[] = [];
		for (let stop = 0; stop < manyStops; stop += 1) {
			await press(key);
			passed.push(await focused());
			if (passed.at(-1) === name) {
				return;
			}
		}
		assert.fail(`no way to “${name}” by ${key}: ${passed.join(", ")}`);
	}
	const backTo = (name: string): Promise<void> => tabTo(name, "Shift+Tab");

	/** Returns every stop from the top of the page to its end. */
	async function stops(): Promise<readonly string[]> {
		const found: string[] = [];
		for (;;) {
			await press("Tab");
			const name = await focused();
			if (name === "body" || found.length === manyStops) {
				return found;
			}
			found.push(name);
		}
	}

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage();
		page = browser.page;
		await page.setViewportSize({ width: 360, height: 600 });
	});

	after(() => browser.close());

	it("moves the focus in reading order, from the top of the view to its end", async () => {
		await open(chatState({ attachments: [selectionChip] }));
		assert.deepEqual(await stops(), [
			"New Chat",
			"History",
			"Conversation",
			"Copy",
			"Ask an Example",
			"Attach Code to Chat",
			"Select Model",
			selectionChip.label,
			`Remove ${selectionChip.label}`,
			"Message",
			"Attach Code to Chat",
			"Clear",
			"Settings",
			"Send",
			"Change model: tiny-chat",
		]);
		await open({
			...talk,
			versions: { q1: ["q0", "q1"], a1: ["a0", "a1"] },
			undoable: { kind: "deleteTurns", count: 1 },
		});
		assert.deepEqual(await stops(), [
			"Rename Chat",
			"New Chat",
			"History",
			"Conversation",
			...["Copy", "Copy", "Edit", "Delete", "Previous version", "Next version"],
			...["Previous version", "Next version", "Copy", "Regenerate", "Delete"],
			"Undo",
			...["Message", "Attach Code to Chat", "Clear", "Settings", "Change model: tiny-chat"],
		]);
	});

	it("asks, queues a message, takes it back, and stops", async () => {
		await open(chatState());
		await tabTo("Message");
		await page.keyboard.type("Hello");
		await press("Enter");
		await page.getByRole("button", { name: "Stop" }).waitFor();
		assert.equal(await focused(), "Message");

		await page.keyboard.type("And then?");
		await tabTo("Send");
		await press("Enter");
		await page.getByText("Waiting", { exact: true }).waitFor();
		await isFocused("Message");
		await backTo("Remove");
		await press("Enter");
		await isFocused("Message");
		assert.equal(await page.getByRole("textbox", { name: "Message" }).inputValue(), "And then?");

		await tabTo("Stop");
		await press("Space");
		await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
		assert.equal(await focused(), "Message");
		assert.deepEqual(await sent(), ["submit", "submit", "removeQueued", "stop"]);
	});

	it("sends the queued message once no answer is running", async () => {
		await open({
			...talk,
			turns: [question, endedTurn("a1", "Hi", { kind: "stopped", stats: answerStats })],
			queued: { turnId: "next", text: "And then?", attachments: [] },
		});
		await tabTo("Send Now");
		await press("Enter");
		await isFocused("Message");
		assert.deepEqual(await sent(), ["sendQueued"]);
	});

	it("continues, regenerates, and steps through versions", async () => {
		await open({
			...talk,
			turns: [question, endedTurn("a1", "Hi", { kind: "stopped", stats: answerStats })],
		});
		await tabTo("Continue");
		await press("Enter");
		await isFocused("Message");
		await press("Escape");
		await page.getByRole("button", { name: "Continue" }).waitFor();
		await backTo("Regenerate");
		await press("Enter");
		await isFocused("Message");
		await press("Escape");
		await page.getByText("2/2").waitFor();

		await backTo("Previous version");
		await press("Enter");
		await page.getByText("This is a1.").waitFor();
		await isFocused("Previous version");
		await press("Enter", "Tab", "Enter");
		await page.getByText("1/2").waitFor({ state: "detached" });
		await isFocused("Next version");
		assert.deepEqual(await sent(), [
			...["continue", "stop", "regenerate", "stop", "showVersion", "showVersion"],
		]);
	});

	it("edits a message in place", async () => {
		await open(talk);
		await tabTo("Edit");
		await press("Enter");
		await isFocused("Edit message");
		await page.keyboard.type(" you");
		await press("Escape");
		await isFocused("Edit");
		await press("Enter");
		await isFocused("Edit message");
		await press("Shift+Enter");
		await page.keyboard.type("Bye");
		await tabTo("Save and Send");
		await press("Enter");
		await isFocused("Message");
		await page.getByRole("textbox", { name: "Edit message" }).waitFor({ state: "detached" });
		const [edit] = await page.evaluate(() => chatViewPage.port.sentOf("edit"));
		assert.deepEqual([edit?.editedId, edit?.text], ["q1", "Hello\nBye"]);
		await isFocused("Message");
	});

	it("deletes, clears, and undoes both", async () => {
		await open(talk);
		await tabTo("Regenerate");
		await press("Tab", "Enter");
		await page.getByText("1 message deleted").last().waitFor();
		await isFocused("Message");
		await backTo("Undo");
		await press("Enter");
		await page.getByRole("article", { name: "Assistant" }).waitFor();
		await isFocused("Message");
		await tabTo("Clear");
		await press("Space");
		await page.getByText("Chat cleared").last().waitFor();
		assert.equal(await focused(), "Message");
		await backTo("Undo");
		await press("Space");
		await isFocused("Message");
		assert.deepEqual(await sent(), ["deleteTurn", "undo", "clear", "undo"]);
	});

	it("renames the conversation, and opens others", async () => {
		await open(talk);
		await tabTo("Rename Chat");
		await press("Enter");
		await tabTo("History");
		await press("Enter");
		assert.equal(await focused(), "History");
		await backTo("New Chat");
		await press("Enter");
		await page.getByRole("heading", { name: "New chat" }).waitFor();
		assert.equal(await focused(), "New Chat");
		assert.deepEqual(await sent(), ["renameChat", "showHistory", "newChat"]);
	});

	it("asks the example question", async () => {
		await open(chatState());
		await tabTo("Ask an Example");
		await press("Enter");
		await page.getByRole("article", { name: "You" }).waitFor();
		await isFocused("Message");
	});

	it("acts on failures", async () => {
		const failed = endedTurn("a1", "Hal", { kind: "failed", failure: crash });
		for (const [name, intent] of [
			["Continue", "continue"],
			["Retry", "retry"],
			["Use CPU", "retryOnCpu"],
		] as const) {
			await open({ ...talk, turns: [question, failed] });
			await tabTo("Details");
			await tabTo(name);
			await press("Enter");
			await isFocused("Message");
			assert.deepEqual(await sent(), [intent]);
		}
		await open(
			chatState({ refusal: { turnId: "t", text: "Hello", failure: { kind: "modelNotChosen" } } }),
		);
		await tabTo("Select Model");
		await press("Enter");
		await tabTo("Dismiss");
		await press("Enter");
		await isFocused("Message");
		assert.deepEqual(await sent(), ["chooseModel", "dismissRefusal"]);
	});

	it("acts on notices", async () => {
		await open({ ...talk, notices: [{ kind: "damaged", lostRecords: 1, keptAt: "/chats/x" }] });
		await tabTo("Show File");
		await press("Enter");
		assert.equal(await focused(), "Show File");
		await open({ ...talk, access: { kind: "answeredElsewhere" } });
		await backTo("New Chat");
		await press("Enter");
		await isFocused("Message");
		assert.deepEqual(await sent(), ["newChat"]);
	});

	it("removes attached code", async () => {
		await open(chatState({ attachments: [selectionChip] }));
		await tabTo(`Remove ${selectionChip.label}`);
		await press("Enter");
		await isFocused("Message");
	});

	it("expands thoughts, copies and inserts code, and follows links", async () => {
		const reply = "A [link](https://example.com/).\n\n```js\ncode();\n```\n";
		const thoughtful = { ...endedTurn("a1", reply), thought: "Hm", thoughtDurationMs: 4000 };
		await open({ ...talk, turns: [question, thoughtful] });
		await tabTo("Thought for 4 s");
		await press("Enter");
		assert.ok(await page.getByText("Hm", { exact: true }).isVisible());
		await tabTo("link");
		await press("Enter");
		await tabTo("Copy");
		await press("Enter", "Tab", "Enter");
		assert.deepEqual(await sent(), ["openLink", "copyText", "insertCode"]);
	});

	it("opens and closes the settings", async () => {
		await open(talk);
		await tabTo("Settings");
		await press("Enter");
		await isFocused("System Prompt");
		const others = ["Max New Tokens", "Temperature", "Streaming", "Render Markdown"];
		for (const name of [...others, "All Settings", "Save"]) {
			await press("Tab");
			assert.equal(await focused(), name);
		}
		await press("Enter");
		await isFocused("Settings");
		assert.deepEqual(await sent(), ["saveSettings"]);
	});

	it("scrolls the log and returns to its end", async () => {
		const long = Array.from({ length: 20 }, (_, index) => [
			userTurn(`q${index}`, `Question ${index}`),
			endedTurn(`a${index}`, "words ".repeat(60)),
		]).flat();
		await open({ ...talk, turns: long });
		await tabTo("Conversation");
		await press("PageUp");
		await page.getByRole("button", { name: "Jump to latest" }).waitFor();
		await backTo("History");
		await press("Tab");
		await page.getByRole("button", { name: "Jump to latest" }).focus();
		await press("Enter");
		await isFocused("Conversation");
		await page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
	});

	it("moves the focus to the textbox when the focused element disappears", async () => {
		await open({ ...talk, undoable: { kind: "clear" } });
		await tabTo("Undo");
		await page.evaluate(() => chatViewPage.publish([{ type: "undoEnded" }]));
		await isFocused("Message");

		await open({ ...talk, turns: [...talk.turns, userTurn("q2", "2"), endedTurn("a2", "2")] });
		await tabTo("Edit");
		await page.evaluate(
			([user, answer]) => chatViewPage.publish([{ type: "turnStarted", user, answer }]),
			[userTurn("q3", "3"), runningTurn("a3")] as const,
		);
		await isFocused("Message");
	});
});
