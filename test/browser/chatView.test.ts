import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { ChatState, Turn } from "../../src/protocol/chat/chat";
import type { ChatFact } from "../../src/protocol/chat/chatEvent";
import { emptyViewState, type ViewState } from "../../src/webview/state/viewState";
import type { BrowserPage } from "../support/view/browserPage";
import {
	chatState,
	crash,
	endedTurn,
	pathOf,
	runningTurn,
	selectionChip,
	userTurn,
} from "../support/view/chatStates";
import { until } from "../support/until";
import { openViewPage } from "../support/view/viewPage";
import type { chatViewPage as ChatViewPage } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

const paragraph =
	"Some words that take a line or two of the log when it is as narrow as a side bar.\n\n";
const longTurns: readonly Turn[] = Array.from({ length: 20 }, (_, index) => [
	userTurn(`q${index}`, `Question ${index}`),
	endedTurn(`a${index}`, `Answer ${index}\n\n${paragraph.repeat(5)}`),
]).flat();
const otherTurns: readonly Turn[] = Array.from({ length: 20 }, (_, index) => [
	userTurn(`p${index}`, `Another question ${index}`),
	endedTurn(`b${index}`, paragraph.repeat(4)),
]).flat();
const growing = chatState({ turns: [...longTurns, userTurn("q", "More"), runningTurn("a")] });

describe("the chat view in a browser", () => {
	let browser: BrowserPage;
	let page: Page;

	const open = (chat: ChatState, kept?: ViewState): Promise<void> =>
		page.evaluate(([state, view]) => chatViewPage.open(state, view), [chat, kept] as const);
	const publish = (...facts: readonly ChatFact[]): Promise<void> =>
		page.evaluate((all) => chatViewPage.publish(all), facts);
	const sent = (): Promise<readonly string[]> => page.evaluate(() => chatViewPage.sent());
	const distancePx = (): Promise<number> => page.evaluate(() => chatViewPage.distanceToEndPx());
	const textbox = () => page.getByRole("textbox", { name: "Message" });
	const isFocused = (): Promise<boolean> =>
		textbox().evaluate((element) => element === document.activeElement);

	/** Adds paragraphs to the running answer, one fact each. */
	async function grow(from: number, paragraphs: number): Promise<void> {
		for (let index = from; index < from + paragraphs; index += 1) {
			await publish({
				type: "textAppended",
				turnId: "a",
				channel: "reply",
				offset: index * paragraph.length,
				text: paragraph,
			});
		}
	}

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage();
		page = browser.page;
		await page.setViewportSize({ width: 360, height: 600 });
	});

	after(() => browser.close());

	it("shows why a message or an edit is not sent", async () => {
		await open(
			chatState({ ...growing, queued: { turnId: "w", text: "Waiting", attachments: [] } }),
			{
				...emptyViewState,
				draft: "One more",
				edits: [{ editedId: "q0", text: "Another question", sentAs: undefined }],
			},
		);
		await page.getByRole("textbox", { name: "Message", exact: true }).press("Enter");
		await page.locator(".composer-hint", { hasText: "Another message is waiting" }).waitFor();
		await page.getByRole("textbox", { name: "Edit message" }).press("Enter");
		await page.locator(".edit-hint", { hasText: "Your edit is kept." }).waitFor();
	});

	it("follows an answer that grows, until the reader scrolls up, and again after the jump", async () => {
		await open(growing);
		await grow(0, 4);
		assert.ok((await distancePx()) <= 1);

		await page.getByRole("log").hover();
		await page.mouse.wheel(0, -150);
		await page.getByRole("button", { name: "Jump to latest" }).waitFor();
		await until("the wheel has come to rest", async () => (await distancePx()) >= 150);
		const before = await distancePx();
		await grow(4, 4);
		assert.ok((await distancePx()) > before + 100, "the reader stays where they were");

		await page.getByRole("button", { name: "Jump to latest" }).click();
		await page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
		await grow(8, 4);
		assert.ok((await distancePx()) <= 1);
	});

	it("restores the scroll position when the page is created again", async () => {
		await open(chatState({ turns: longTurns }));
		await page.getByText("Question 7", { exact: true }).evaluate((element) => {
			element.scrollIntoView({ block: "start" });
		});
		await until("the place is kept", () =>
			page.evaluate(() => chatViewPage.kept().positions.length > 0),
		);
		const kept = await page.evaluate(() => chatViewPage.kept());
		await open(chatState({ turns: longTurns }), kept);
		await until("Question 7 is at the top again", () =>
			page
				.getByText("Question 7", { exact: true })
				.evaluate((element) => Math.abs(element.getBoundingClientRect().top) < 30),
		);
	});

	it("restores the scroll position of each conversation, and opens a new one at its end", async () => {
		const first = chatState({ chatId: "first", title: "First", turns: longTurns });
		const second = chatState({ chatId: "second", title: "Second", turns: otherTurns });
		const shows = (chat: ChatState) => publish({ type: "chatShown", path: pathOf(chat) });
		await open(first);
		await until("its end is in sight", async () => (await distancePx()) <= 1);
		const question = page.getByText("Question 7", { exact: true });
		await question.evaluate((element) => {
			element.scrollIntoView({ block: "start" });
		});
		await page.getByRole("button", { name: "Jump to latest" }).waitFor();

		await shows(second);
		await until("the end is in sight", async () => (await distancePx()) <= 1);
		await shows(first);
		await until("Question 7 is at the top again", () =>
			question.evaluate((element) => Math.abs(element.getBoundingClientRect().top) < 60),
		);
		await shows(second);
		await until("the end is in sight again", async () => (await distancePx()) <= 1);
	});

	for (const [how, shorten] of [
		[
			"another version of the first message is short",
			() =>
				publish({
					type: "pathChanged",
					keptTurns: 0,
					turns: [userTurn("q0b", "Short"), endedTurn("a0b", "Yes.")],
					versions: { q0b: ["q0", "q0b"] },
				}),
		],
		[
			"all but the first messages are deleted",
			() => publish({ type: "pathChanged", keptTurns: 1, turns: [], versions: {} }),
		],
		[
			"only a failed message remains, and its failure is dismissed",
			async () => {
				await publish({
					type: "refused",
					refusal: { turnId: "r", text: "No", failure: { kind: "modelNotChosen" } },
				});
				await publish({ type: "pathChanged", keptTurns: 0, turns: [], versions: {} });
				await publish({ type: "refusalDismissed" });
			},
		],
	] as const) {
		it(`offers no jump to the latest once ${how}`, async () => {
			await open(chatState({ turns: longTurns }));
			const jump = page.getByRole("button", { name: "Jump to latest" });
			await page.getByRole("log").evaluate((log) => {
				log.scrollTop = 0;
			});
			await jump.waitFor();
			await shorten();
			await jump.waitFor({ state: "detached" });
			assert.ok((await distancePx()) <= 1);
		});
	}

	it("offers no jump to the latest once the view is tall enough to show all messages", async () => {
		await open(chatState({ turns: longTurns.slice(0, 4) }));
		const jump = page.getByRole("button", { name: "Jump to latest" });
		await page.getByRole("log").evaluate((log) => {
			log.scrollTop = 0;
		});
		await jump.waitFor();
		await page.setViewportSize({ width: 360, height: 3000 });
		await jump.waitFor({ state: "detached" });
		await page.setViewportSize({ width: 360, height: 600 });
	});

	it("offers no jump to the latest after a step to a version that fits into the log", async () => {
		await open(
			chatState({ turns: [...longTurns, userTurn("q", "More")], versions: { q0: ["q0", "q0b"] } }),
		);
		await page.getByRole("log").evaluate((log) => {
			log.scrollTop = 0;
		});
		await page.getByRole("button", { name: "Next version" }).click();
		await publish({
			type: "pathChanged",
			keptTurns: 0,
			turns: [userTurn("q0b", "Short"), endedTurn("a0b", "Yes.")],
			versions: { q0b: ["q0", "q0b"] },
		});
		await page.getByText("Yes.").waitFor();
		await page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
	});

	it("opens a long conversation at its end, and stays there while it is drawn", async () => {
		const turns = Array.from({ length: 10 }, (_, part) =>
			[...longTurns, ...otherTurns].map((turn) => ({ ...turn, id: `${part} ${turn.id}` })),
		).flat();
		await open(chatState({ turns }));
		await until("all is drawn", () =>
			page.evaluate(
				(count) => document.querySelectorAll("answer-text > .markdown").length === count,
				turns.length / 2,
			),
		);
		await page.evaluate(() => chatViewPage.drawn());
		assert.ok((await distancePx()) <= 1, `${await distancePx()} px`);
		assert.equal(await page.getByRole("button", { name: "Jump to latest" }).count(), 0);
	});

	it("stays at its end when the content above shrinks by as much as is added below", async () => {
		await open(chatState({ turns: longTurns }));
		await page.evaluate(async () => {
			const [above, below] = [document.createElement("div"), document.createElement("div")];
			above.style.height = "300px";
			const content = document.querySelector(".log-content");
			content?.prepend(above);
			content?.append(below);
			await chatViewPage.drawn();
			above.style.height = "200px";
			below.style.height = "100px";
			await chatViewPage.drawn();
		});
		assert.ok((await distancePx()) <= 1, `${await distancePx()} px`);
		assert.equal(await page.getByRole("button", { name: "Jump to latest" }).count(), 0);
	});

	it("stays at a message while the reader steps through its versions, and keeps the arrow focused", async () => {
		const versions = { q6: ["q6", "q6b"] };
		await open(chatState({ turns: longTurns, versions }));
		const arrow = page.getByRole("button", { name: "Next version" });
		await arrow.scrollIntoViewIfNeeded();
		await page.getByRole("button", { name: "Jump to latest" }).waitFor();
		await arrow.focus();
		const topPx = async () => (await arrow.boundingBox())?.y ?? Number.NaN;
		const before = await topPx();
		await page.keyboard.press("Enter");
		const kept = longTurns.findIndex(({ id }) => id === "q6");
		await publish({
			type: "pathChanged",
			keptTurns: kept,
			turns: [userTurn("q6b", "Question 6, again"), ...otherTurns],
			versions: { q6b: ["q6", "q6b"] },
		});
		await page.getByText("Question 6, again").waitFor();
		await until("the next page is drawn", () =>
			page.evaluate(() => chatViewPage.drawn().then(() => true)),
		);
		assert.ok(Math.abs((await topPx()) - before) <= 2, `${before} px, then ${await topPx()} px`);
		assert.equal(await page.evaluate(() => chatViewPage.focused()), "Next version");
	});

	it("announces events to screen readers in order, and never single tokens", async () => {
		await page.evaluate((chat) => chatViewPage.openScripted(chat), chatState());
		await textbox().fill("Hello");
		await textbox().press("Enter");
		await page.getByRole("button", { name: "Stop" }).waitFor();
		for (const text of ["Hello", " there", ", ", "friend", "."]) {
			await page.evaluate((piece) => {
				chatViewPage.host.write(piece);
			}, text);
		}
		await textbox().fill("And then?");
		await textbox().press("Enter");
		await page.getByText("Waiting", { exact: true }).waitFor();
		await page.evaluate(() => {
			chatViewPage.host.write(" Bye.");
			chatViewPage.host.end({
				kind: "complete",
				stats: {
					promptTokens: 1,
					evaluatedTokens: 1,
					answerTokens: 1,
					firstTokenMs: 1,
					decodeMs: 1,
				},
			});
		});
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Regenerate" }).last().click();
		await page.getByRole("button", { name: "Stop" }).waitFor();
		await page.keyboard.press("Escape");
		await page.getByText("2/2").waitFor();
		await page.getByRole("button", { name: "Previous version" }).click();
		await page.getByText("1/2").waitFor();
		await page.getByRole("button", { name: "Delete" }).last().click();
		await page.getByRole("button", { name: "Undo" }).click();
		await until("all is said", () =>
			page.evaluate(() => chatViewPage.heard.at(-1) === "1 message is back"),
		);
		assert.deepEqual(await page.evaluate(() => chatViewPage.heard), [
			"The answer has started",
			"Your message waits for the end of the answer",
			"Hello there, friend. Bye.",
			"Stopped",
			"Stopped",
			"Version 1 of 2",
			"1 message deleted",
			"1 message is back",
		]);
	});

	it("restores the focus after the dialog, and keeps Escape from stopping the answer behind it", async () => {
		await open(growing);
		await page.getByRole("button", { name: "Settings", exact: true }).click();
		const dialog = page.getByRole("dialog", { name: "Settings" });
		await dialog.waitFor();
		await page.keyboard.press("Escape");
		await dialog.waitFor({ state: "hidden" });
		assert.ok(
			await page
				.getByRole("button", { name: "Settings", exact: true })
				.evaluate((element) => element === document.activeElement),
		);
		assert.deepEqual(await sent(), ["ready"]);
		await page.keyboard.press("Escape");
		assert.deepEqual(await sent(), ["ready", "stop"]);
	});

	it("saves the settings with the dialog's button and with Enter", async () => {
		await open(chatState());
		for (const save of [
			() => page.getByRole("button", { name: "Save" }).click(),
			() => page.getByLabel("Temperature").press("Enter"),
		]) {
			await page.getByRole("button", { name: "Settings", exact: true }).click();
			await page.getByLabel("Max New Tokens").fill("64");
			await page.getByLabel("Streaming").uncheck();
			await save();
			await page.getByRole("dialog").waitFor({ state: "hidden" });
		}
		const settings = await page.evaluate(() => chatViewPage.port.sentOf("saveSettings"));
		assert.deepEqual(
			settings.map((intent) => [intent.settings.maxTokens, intent.settings.streaming]),
			[
				[64, false],
				[64, false],
			],
		);
	});

	it("is navigable by keyboard, and Enter on a button does not reach the textbox", async () => {
		await open(chatState({ undoable: { kind: "clear" } }));
		await page.getByRole("button", { name: "Undo" }).focus();
		await page.keyboard.press("Enter");
		await publish({ type: "undoEnded" });
		await until("the focus is in the textbox", isFocused);
		assert.equal(await textbox().inputValue(), "");
		assert.deepEqual(await sent(), ["ready", "undo"]);
		await page.keyboard.press("Tab");
		assert.equal(
			await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
			"Attach Code to Chat",
		);
	});

	it("keeps the focus in the textbox when a message is sent and an answer is stopped", async () => {
		await open(chatState());
		await textbox().fill("Hello");
		await page.getByRole("button", { name: "Send", exact: true }).click();
		assert.ok(await isFocused());
		await open(growing);
		await page.getByRole("button", { name: "Stop" }).click();
		assert.ok(await isFocused());
	});

	it("grows the textbox with its text, up to two fifths of the view", async () => {
		await open(chatState());
		const heightPx = async () => (await textbox().boundingBox())?.height ?? 0;
		const single = await heightPx();
		await textbox().fill("one\ntwo\nthree");
		const triple = await heightPx();
		assert.ok(triple > single * 1.5, `${single} px, then ${triple} px`);
		await textbox().fill("line\n".repeat(100));
		assert.ok(Math.abs((await heightPx()) - 240) <= 1, `${await heightPx()} px of 600`);
	});

	it("needs no sideways scrolling at 240 pixels, whatever it shows", async () => {
		await page.setViewportSize({ width: 240, height: 600 });
		const chip = { ...selectionChip, label: "aVeryLongFileNameWithoutAnyBreak.test.ts:1000-2000" };
		const wide = `\`${"word".repeat(40)}\`\n\n| ${"column | ".repeat(12)}\n|${"---|".repeat(12)}\n| ${"cell | ".repeat(12)}\n\n\`\`\`\n${"code ".repeat(60)}\n\`\`\`\n`;
		await open(
			chatState({
				turns: [
					userTurn("q", "x".repeat(200), { attachments: [chip] }),
					endedTurn("a", wide, { kind: "failed", failure: crash }),
				],
				attachments: [chip],
				model: {
					kind: "unloaded",
					name: "A-Model-With-A-Very-Long-Name-Q4_K_M",
					detail: "",
					gpu: "auto",
				},
			}),
		);
		await page.getByRole("button", { name: "Settings", exact: true }).click();
		assert.deepEqual(await page.evaluate(() => chatViewPage.tooWide()), []);
		await page.setViewportSize({ width: 360, height: 600 });
	});

	it("keeps the buttons of an answer in one row at 290 pixels, however long its footer is", async () => {
		await page.setViewportSize({ width: 290, height: 600 });
		const stats = {
			promptTokens: 2_000,
			evaluatedTokens: 2_000,
			answerTokens: 2_048,
			firstTokenMs: 1_000,
			decodeMs: 60_000,
		};
		const answer = endedTurn("a", "Yes.", { kind: "maxTokens", maxTokens: 2048, stats });
		await open(
			chatState({ turns: [userTurn("q", "Well?"), answer], versions: { a: ["b", "a", "c"] } }),
		);
		const foot = page.getByRole("article", { name: "Assistant" }).locator(".foot");
		const tops = await foot
			.getByRole("button")
			.evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
		assert.equal(tops.length, 5);
		assert.equal(new Set(tops).size, 1, tops.join());
		await page.setViewportSize({ width: 360, height: 600 });
	});

	it("keeps the dialog's buttons visible and its fields reachable at any height of the view", async () => {
		for (const height of [360, 240]) {
			await page.setViewportSize({ width: 300, height });
			await open(chatState());
			await page.getByRole("button", { name: "Settings", exact: true }).click();
			for (const name of ["Save", "Cancel", "All Settings"]) {
				const box = await page.getByRole("button", { name, exact: true }).boundingBox();
				assert.ok(box && box.y >= 0 && box.y + box.height <= height, `${name} at ${height} px`);
			}
			await page.getByLabel("Render Markdown").uncheck();
			await page.getByLabel("System Prompt").fill("Be brief.\n".repeat(30));
			assert.deepEqual(await page.evaluate(() => chatViewPage.tooWide()), []);
		}
		await page.setViewportSize({ width: 360, height: 600 });
	});

	it("changes the model when the status line is clicked anywhere", async () => {
		await open(chatState());
		await page.getByText("CPU, 1 thread", { exact: false }).last().click({ force: true });
		await page.getByRole("button", { name: "Change model: tiny-chat" }).press("Enter");
		assert.deepEqual(await sent(), ["ready", "chooseModel", "chooseModel"]);
	});

	it("has one status, one log, and no policy violations", async () => {
		const violations: string[] = [];
		page.on("console", (message) => {
			if (message.text().includes("Content Security Policy")) {
				violations.push(message.text());
			}
		});
		await open(growing);
		await page.getByRole("button", { name: "Settings", exact: true }).click();
		assert.deepEqual(violations, []);
		await page.keyboard.press("Escape");
		assert.equal(await page.getByRole("status").count(), 1);
		assert.equal(await page.getByRole("log", { name: "Conversation" }).count(), 1);
		assert.equal(await page.getByRole("article", { name: "System" }).count(), 1);
		assert.equal(await page.getByRole("article", { name: "You" }).count(), 21);
		assert.equal(await page.getByRole("article", { name: "Assistant" }).count(), 21);
	});
});
