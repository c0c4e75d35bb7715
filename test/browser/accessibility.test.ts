import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openViewPage } from "../support/view/viewPage";
import { viewStates } from "../support/view/viewStates";
import type { BrowserPage } from "../support/view/browserPage";
import type { chatViewPage as ChatViewPage, ThemeName } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

const themes: readonly ThemeName[] = ["dark", "light", "high-contrast", "high-contrast-light"];

describe("the chat view's accessibility", () => {
	let browser: BrowserPage;
	let page: Page;

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage();
		page = browser.page;
	});

	after(() => browser.close());

	for (const { name, chat, kept, drawnLast, press } of viewStates) {
		it(`has no axe violations when it shows “${name}”, in any theme`, async function () {
			this.timeout(30_000);
			for (const theme of themes) {
				await page.evaluate(
					async ([state, view, colours]) => {
						chatViewPage.useTheme(colours);
						await chatViewPage.open(state, view);
					},
					[chat, kept, theme] as const,
				);
				if (drawnLast !== undefined) {
					await page.locator(drawnLast).waitFor();
				}
				if (press !== undefined) {
					await page.getByRole("button", { name: press, exact: true }).click();
				}
				assert.deepEqual(await page.evaluate(() => chatViewPage.violations()), [], theme);
			}
		});
	}
});
