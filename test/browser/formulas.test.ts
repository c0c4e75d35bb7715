import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { BrowserPage } from "../support/view/browserPage";
import { chatState, endedTurn, runningTurn, userTurn } from "../support/view/chatStates";
import { until } from "../support/until";
import { openViewPage } from "../support/view/viewPage";
import type { chatViewPage as ChatViewPage } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

const question = userTurn("q", "What is a circle's area?");

describe("A formula in the chat view", () => {
	let browser: BrowserPage;
	let page: Page;
	const violations: string[] = [];

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage();
		page = browser.page;
		page.on("console", (message) => {
			if (message.text().includes("Content Security Policy")) {
				violations.push(message.text());
			}
		});
		await page.setViewportSize({ width: 400, height: 700 });
	});

	after(() => browser.close());

	const show = (reply: string): Promise<void> =>
		page.evaluate(
			(chat) => chatViewPage.open(chat),
			chatState({ turns: [question, endedTurn("a", reply)] }),
		);
	const drawn = (): Promise<number> => page.locator(".md-formula > math").count();
	const untilDrawn = (count: number): Promise<unknown> =>
		until(`${count} formulas are drawn`, async () => (await drawn()) === count);

	it("is drawn, inline or on a separate line, without policy violations", async () => {
		await show(
			"The area is \\(\\pi r^2\\).\n\n\\[\n\\int_0^1 x\\,dx = \\frac{1}{2}\n\\]\n\n$$E = mc^2$$",
		);
		await untilDrawn(3);
		assert.equal(await page.locator(".md-formula-display > math[display=block]").count(), 2);
		const box = await page.locator("math").first().boundingBox();
		assert.ok(box && box.width > 10 && box.height > 8, JSON.stringify(box));
		assert.deepEqual(violations, []);
	});

	it("shows its source if it is not TeX, or while it is incomplete", async () => {
		await show("\\(\\frac{1}\\) and \\(x\\) and \\(\\unknown{a}\\)");
		await untilDrawn(1);
		const text = await page.locator(".markdown").innerText();
		assert.match(text, /\\\(\\frac\{1\}\\\) and [^]* and \\\(\\unknown\{a\}\\\)/);
		await page.evaluate(
			(chat) => chatViewPage.open(chat),
			chatState({ turns: [question, runningTurn("a", "It is \\(\\pi r^")] }),
		);
		assert.equal(await page.locator(".markdown").innerText(), "It is \\(\\pi r^");
	});

	it("is copied as its source, within the surrounding words", async () => {
		await show("The area is \\(\\pi r^2\\) here.\n\n```ts\nx\n```\n\nEnd");
		await untilDrawn(1);
		const copied = await page.evaluate(() => {
			const markdown = document.querySelector(".markdown")!;
			getSelection()!.selectAllChildren(markdown);
			const clipboardData = new DataTransfer();
			const init = { clipboardData, bubbles: true, cancelable: true };
			markdown.dispatchEvent(new ClipboardEvent("copy", init));
			return {
				text: clipboardData.getData("text/plain"),
				html: clipboardData.getData("text/html"),
			};
		});
		assert.match(copied.text, /^The area is \\\(\\pi r\^2\\\) here\.\s+x\s+End\s*$/);
		assert.match(copied.html, /The area is \\\(\\pi r\^2\\\) here\./);
		assert.equal(await page.locator(".md-formula > math").isVisible(), true);
	});

	it("keeps its column alignment and its box, and shows its source if lines would be lost", async () => {
		await show(
			[
				"$$\\begin{aligned}a &= b \\\\ ccc &= ddd\\end{aligned}$$",
				"\\(\\boxed{42}\\)",
				"\\(\\cancel{x}\\)",
				"$$\\begin{array}{c|c}1 & 2\\end{array}$$",
			].join("\n\n"),
		);
		await untilDrawn(2);
		const sides = await page
			.locator("mtd")
			.evaluateAll((cells) => cells.slice(0, 2).map((cell) => getComputedStyle(cell).textAlign));
		assert.deepEqual(sides, ["-webkit-right", "-webkit-left"]);
		const border = await page
			.locator("menclose")
			.evaluate((box) => getComputedStyle(box).borderTopWidth);
		assert.equal(border, "1px");
		assert.match(await page.locator(".markdown").innerText(), /\\\(\\cancel\{x\}\\\)/);
	});

	it("shows its source if it would do more than draw", async () => {
		const hostile = [
			"\\href{https://example.com}{x}",
			"\\includegraphics{https://example.com/a.png}",
			"\\htmlClass{a}{x}",
			"\\htmlData{a=b}{x}",
			"\\url{javascript:alert(1)}",
			"\\def\\a{\\a\\a}\\a",
			"\\text{<img src=x onerror=alert(1)>}",
		];
		await show(hostile.map((tex) => `\\(${tex}\\)`).join("\n\n"));
		await untilDrawn(1);
		assert.equal(await page.locator("math a, math img, [href], .markdown img").count(), 0);
	});
});
