import assert from "node:assert/strict";
import type { BrowserPage } from "../support/view/browserPage";
import { openViewPage } from "../support/view/viewPage";
import { viewStates } from "../support/view/viewStates";
import type { chatViewPage as ChatViewPage } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

describe("an icon of the chat view", () => {
	let browser: BrowserPage;

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage();
	});

	after(() => browser.close());

	it("has its glyph in the style sheet, in every state of the view", async function () {
		this.timeout(60_000);
		for (const { name, chat, kept } of viewStates) {
			const icons = await browser.page.evaluate(
				async ([state, view]) => {
					await chatViewPage.open(state, view);
					return [...document.querySelectorAll(".codicon")].map((icon) => ({
						classes: icon.className,
						content: getComputedStyle(icon, "::before").content,
					}));
				},
				[chat, kept] as const,
			);
			assert.ok(icons.length > 0, name);
			for (const { classes, content } of icons) {
				assert.match(content, /^".+"$/, `${classes} in “${name}”`);
			}
		}
	});

	it("is drawn with the icon font, under the view's own policy", async () => {
		const statuses = await browser.page.evaluate(async () => {
			const fonts = await document.fonts.load("16px codicon");
			return fonts.map(({ status }) => status);
		});
		assert.deepEqual(statuses, ["loaded"]);
	});
});

describe("the icon font", () => {
	it("is requested after the page's load event, which VS Code waits for", async function () {
		this.timeout(60_000);
		const browser = await openViewPage("test/browser/wholePage.ts");
		try {
			const font = browser.page.waitForRequest("**/codicon.ttf");
			await browser.page.reload({ waitUntil: "load" });
			await (await font).response();
			const waitedMs = await browser.page.evaluate(() => {
				const [navigation] = performance.getEntriesByType("navigation");
				const [asked] = performance.getEntriesByName(`${location.origin}/codicon.ttf`);
				return navigation instanceof PerformanceNavigationTiming && asked
					? asked.startTime - navigation.loadEventStart
					: NaN;
			});
			assert.ok(waitedMs >= 0, `${waitedMs} ms after it`);
		} finally {
			await browser.close();
		}
	});
});
