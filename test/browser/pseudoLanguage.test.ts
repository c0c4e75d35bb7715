import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { pseudo, pseudoLanguage, pseudoTranslation } from "../../scripts/lib/pseudoLanguage.mjs";
import type { BrowserPage } from "../support/view/browserPage";
import { openViewPage } from "../support/view/viewPage";
import { viewStates } from "../support/view/viewStates";
import type { chatViewPage as ChatViewPage } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

/** The folder for the pictures, which people review. */
const folder = path.join("out", "screenshots", "view");

describe("The view in a language with accents and longer words", () => {
	let browser: BrowserPage;
	let page: Page;

	before(async function () {
		this.timeout(60_000);
		await mkdir(folder, { recursive: true });
		const translation = await pseudoTranslation();
		browser = await openViewPage(undefined, { words: { language: pseudoLanguage, translation } });
		page = browser.page;
		await page.setViewportSize({ width: 240, height: 600 });
	});

	after(() => browser.close());

	for (const { name, chat, kept, drawnLast, press } of viewStates) {
		it(`cuts off nothing of “${name}” in a side bar of 240 pixels`, async () => {
			await page.evaluate(
				async ([state, view]) => {
					chatViewPage.useTheme("dark");
					await chatViewPage.open(state, view);
				},
				[chat, kept] as const,
			);
			if (drawnLast !== undefined) {
				await page.locator(drawnLast).waitFor();
			}
			if (press !== undefined) {
				// The meter's label contains numbers.
				const isMeter = press.startsWith("Context");
				await (
					isMeter
						? page.locator("context-meter button")
						: page.getByRole("button", { name: pseudo(press), exact: true })
				).click();
			}
			assert.deepEqual(await page.evaluate(() => chatViewPage.tooWide()), []);
			await page.screenshot({ path: path.join(folder, `${name}-pseudo-240.png`) });
		});
	}
});
