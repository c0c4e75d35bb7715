import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import type { BrowserPage } from "../support/browserPage";
import { openViewPage } from "../support/viewPage";
import { viewStates } from "../support/viewStates";
import type { chatViewPage as ChatViewPage, ThemeName } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

/** Where the pictures go, for people to look at. */
const folder = path.join("out", "screenshots", "view");

const looks: readonly { readonly theme: ThemeName; readonly width: number }[] = [
	{ theme: "dark", width: 400 },
	{ theme: "light", width: 400 },
	{ theme: "high-contrast", width: 400 },
	{ theme: "high-contrast-light", width: 400 },
	{ theme: "dark", width: 240 },
];

describe("Looks of the chat view", () => {
	let browser: BrowserPage;
	let page: Page;

	before(async function () {
		this.timeout(60_000);
		await mkdir(folder, { recursive: true });
		browser = await openViewPage();
		page = browser.page;
	});

	after(() => browser.close());

	for (const { name, chat, kept, drawnLast, press } of viewStates) {
		it(`“${name}” needs no sideways scrolling, down to 240 pixels`, async function () {
			this.timeout(30_000);
			for (const { theme, width } of looks) {
				await page.setViewportSize({ width, height: 600 });
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
				assert.deepEqual(await page.evaluate(() => chatViewPage.tooWide()), [], theme);
				await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`) });
			}
		});
	}
});
