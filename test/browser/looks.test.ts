import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import type { BrowserPage } from "../support/view/browserPage";
import { openViewPage } from "../support/view/viewPage";
import themes from "../support/view/themes.json";
import { viewStates } from "../support/view/viewStates";
import type { chatViewPage as ChatViewPage, ThemeName } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

/** The folder for the pictures, which people review. */
const folder = path.join("out", "screenshots", "view");

const looks: readonly { readonly theme: ThemeName; readonly width: number }[] = [
	{ theme: "dark", width: 400 },
	{ theme: "light", width: 400 },
	{ theme: "high-contrast", width: 400 },
	{ theme: "high-contrast-light", width: 400 },
	{ theme: "dark", width: 240 },
	// The narrowest side bar.
	{ theme: "dark", width: 170 },
];

/** Colors that some themes leave empty, or for which the component library has a fallback. */
const optional = [
	...new Set(Object.values(themes).flatMap(({ variables }) => Object.keys(variables))),
].filter(
	(name) =>
		/^--vscode-(button|progressBar)|^--vscode-focusBorder$/.test(name) ||
		Object.values(themes).some(({ variables }) => !(name in variables)),
);

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
		it(`“${name}” needs no horizontal scrolling and cuts off no button, down to 170 pixels`, async function () {
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

	for (const theme of Object.keys(themes) as readonly ThemeName[]) {
		for (const [what, missing] of [
			["as it is", []],
			["without the colors that a theme may leave empty", optional],
		] as const) {
			it(`has legible buttons in ${theme} ${what}, also when hovered or focused`, async function () {
				this.timeout(30_000);
				await page.setViewportSize({ width: 400, height: 600 });
				for (const name of ["crashed", "attachments", "queued-at-rest", "empty", "settings"]) {
					const state = viewStates.find((candidate) => candidate.name === name);
					assert.ok(state, name);
					await page.evaluate(
						async ([chat, view, colours, without]) => {
							chatViewPage.useTheme(colours, without);
							await chatViewPage.open(chat, view);
						},
						[state.chat, state.kept, theme, missing] as const,
					);
					if (state.press !== undefined) {
						await page.getByRole("button", { name: state.press, exact: true }).click();
					}
					const within = name === "settings" ? "dialog " : "";
					const buttons = page.locator(
						`${within}:is(vscode-button, .icon-button, .chip button, .link, .context-button):visible:not(:disabled)`,
					);
					const contrasts: string[] = [];
					for (const button of await buttons.all()) {
						const contrast = (how: string): Promise<string> =>
							button.evaluate((element, state) => {
								const ratio = chatViewPage.contrastOf(element);
								const words = element.getAttribute("aria-label") ?? element.textContent.trim();
								return ratio < 3 ? `${words} ${state}: ${ratio.toFixed(2)}` : "";
							}, how);
						await page.mouse.move(0, 0);
						contrasts.push(await contrast("at rest"));
						await button.hover();
						contrasts.push(await contrast("under the pointer"));
						await button.focus();
						contrasts.push(await contrast("in focus"));
					}
					assert.ok(contrasts.length > 0);
					assert.deepEqual(contrasts.filter(Boolean), [], name);
				}
			});
		}
	}
});
