import assert from "node:assert/strict";
import type { Locator, Page, Route } from "playwright-core";
import type { BrowserPage } from "../support/view/browserPage";
import { until } from "../support/until";
import { openViewPage } from "../support/view/viewPage";
import type { wholePage as WholePage } from "./wholePage";

declare const wholePage: typeof WholePage;

describe("the chat's page before its script has loaded", () => {
	let browser: BrowserPage;
	let page: Page;
	/** The page's request for its script. */
	let request: Promise<Route>;

	const early = (): Locator => page.locator(".early-composer textarea");
	const textbox = (): Locator => page.locator("chat-composer textarea");
	const isFocused = (box: Locator): Promise<boolean> =>
		box.evaluate((element) => element === document.activeElement);
	const giveFocus = (): Promise<void> =>
		page.evaluate(() => {
			window.dispatchEvent(new MessageEvent("message", { data: { type: "focusRequested" } }));
		});
	const questions = (): Promise<readonly string[]> =>
		page.evaluate(() => wholePage.host.sentOf("submit").map(({ text }) => text));

	/** @param draft what VS Code kept of an earlier page */
	async function open(draft = ""): Promise<void> {
		request = new Promise((resolve) => void page.route("**/page.js", resolve, { times: 1 }));
		await page.evaluate((kept) => {
			history.replaceState(undefined, "", `#${encodeURIComponent(kept)}`);
		}, draft);
		await page.reload({ waitUntil: "load" });
	}

	async function letScriptCome(): Promise<void> {
		await (await request).continue();
		await textbox().waitFor();
	}

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage("test/browser/wholePage.ts", {
			earlyScript: "dist/earlyComposer.js",
		});
		page = browser.page;
	});

	after(() => browser.close());

	it("fires its load event, so that VS Code shows it, and takes the focus when the host asks", async () => {
		await open();
		await giveFocus();
		assert.ok(await isFocused(early()));
		await letScriptCome();
		assert.ok(await isFocused(textbox()));
	});

	it("says that the chat is loading", async () => {
		await open();
		await page.locator(".early-composer").getByText("Opening the chat…").waitFor();
		await letScriptCome();
		await page.getByText("Opening the chat…").first().waitFor({ state: "hidden" });
	});

	it("leaves the focus where it is if nobody asked for it", async () => {
		await open();
		await letScriptCome();
		assert.equal(await isFocused(textbox()), false);
	});

	it("accepts text, which the composer then shows with the cursor in the same place", async () => {
		await open();
		await early().pressSequentially("Wat");
		await page.keyboard.press("ArrowLeft");
		await page.keyboard.press("ArrowLeft");
		await letScriptCome();
		await page.keyboard.type("h");
		assert.equal(await textbox().inputValue(), "What");
		assert.equal(await early().count(), 0);
	});

	it("appends the typed text to a saved draft", async () => {
		await open("What was");
		await early().fill("What is");
		await letScriptCome();
		assert.equal(await textbox().inputValue(), "What was\nWhat is");
		await page.keyboard.type(" it?");
		assert.equal(await textbox().inputValue(), "What was\nWhat is it?");
	});

	it("accepts Enter, which sends the message once the conversation has loaded", async () => {
		await open();
		await early().fill("What is it?");
		await early().press("Enter");
		await letScriptCome();
		await until("the message is sent", async () => (await questions()).length > 0);
		assert.deepEqual(await questions(), ["What is it?"]);
	});

	it("does not send a saved draft on Enter, because it was not visible", async () => {
		for (const typed of ["", "What is it?"]) {
			await open("What was it?");
			await early().fill(typed);
			await early().press("Enter");
			await letScriptCome();
			await page.locator("empty-state section").waitFor();
			assert.deepEqual(await questions(), []);
			assert.equal(await textbox().inputValue(), ["What was it?", typed].join("\n").trim());
		}
	});

	it("does not send a message that was edited after Enter", async () => {
		await open();
		await early().fill("What is it?");
		await early().press("Enter");
		await early().pressSequentially(" And why?");
		await letScriptCome();
		await page.locator("empty-state section").waitFor();
		assert.deepEqual(await questions(), []);
		assert.equal(await textbox().inputValue(), "What is it? And why?");
	});

	it("does not interrupt the composition of a word", async () => {
		await open();
		const keyboard = await page.context().newCDPSession(page);
		await early().focus();
		await keyboard.send("Input.imeSetComposition", {
			text: "に",
			selectionStart: 1,
			selectionEnd: 1,
		});
		await (await request).continue();
		await textbox().waitFor();
		assert.ok(await isFocused(early()));
		await keyboard.send("Input.insertText", { text: "日" });
		await until("the composer has the word", async () => (await textbox().inputValue()) === "日");
		assert.ok(await isFocused(textbox()));
	});

	for (const width of [240, 1400]) {
		it(`shows the textbox in its final place, ${width} pixels wide`, async () => {
			await page.setViewportSize({ width, height: 600 });
			await open();
			const before = await early().boundingBox();
			await letScriptCome();
			assert.deepEqual(before, await textbox().boundingBox());
		});
	}

	it("uses the language of VS Code from its first sentence to the chat that replaces it", async () => {
		const spanish = await openViewPage("test/browser/wholePage.ts", {
			earlyScript: "dist/earlyComposer.js",
			words: {
				language: "es",
				translation: {
					Message: "Mensaje",
					"Ask a question": "Haz una <pregunta>",
					"Opening the chat…": "Abriendo el chat…",
				},
			},
		});
		try {
			const script = new Promise<Route>(
				(resolve) => void spanish.page.route("**/page.js", resolve, { times: 1 }),
			);
			await spanish.page.reload({ waitUntil: "load" });
			assert.equal(await spanish.page.locator("html").getAttribute("lang"), "es");
			await spanish.page.locator(".early-composer").getByText("Abriendo el chat…").waitFor();
			await spanish.page.getByRole("textbox", { name: "Mensaje", exact: true }).waitFor();
			await (await script).continue();
			const drawn = spanish.page.locator("chat-composer").getByRole("textbox", { name: "Mensaje" });
			await drawn.waitFor();
			assert.equal(await drawn.getAttribute("placeholder"), "Haz una <pregunta>");
		} finally {
			await spanish.close();
		}
	});

	it("says what to do if the script cannot be loaded", async () => {
		await open();
		await (await request).abort();
		await page.getByRole("alert").filter({ hasText: "Reload Window" }).waitFor();
	});
});
