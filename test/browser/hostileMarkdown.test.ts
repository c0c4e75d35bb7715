import assert from "node:assert/strict";
import { type BrowserPage, openBrowserPage } from "../support/browserPage";
import { hostileMarkdown } from "../support/hostileMarkdown";
import { hostileMarkup } from "../support/hostileMarkup";
import { slicesOf } from "../support/markdownDocuments";
import type { markdownPage as MarkdownPage } from "./markdownPage";

declare const markdownPage: typeof MarkdownPage;

for (const policy of ["view", "none"] as const) {
	describe(`Hostile Markdown in a page with ${policy === "view" ? "the view's" : "no"} policy`, () => {
		let browser: BrowserPage;

		before(async function () {
			this.timeout(60_000);
			browser = await openBrowserPage("test/browser/markdownPage.ts", policy);
		});

		after(() => browser.close());

		for (const [name, fragments] of Object.entries({ ...hostileMarkdown, ...hostileMarkup })) {
			it(`is shown and does nothing: ${name}`, async () => {
				for (const { text, shows } of fragments) {
					const slicings = [
						[text],
						[...slicesOf(text, 7, 3)],
						[
							...slicesOf(
								`Before.

${text}

After.
`,
								1,
								1,
							),
						],
					];
					const texts = await browser.page.evaluate((all) => {
						return all.map((slices) => {
							const index = markdownPage.open();
							markdownPage.append(index, slices);
							markdownPage.end(index);
							return markdownPage.text(index);
						});
					}, slicings);
					for (const shown of texts) {
						assert.ok(shown.includes(shows ?? ""), `${text}\nis shown as\n${shown}`);
					}
				}
				// Whatever was set off has had its turn after a frame's worth of tasks.
				await browser.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
				const misdeeds = await browser.page.evaluate(() => markdownPage.misdeeds());
				assert.deepEqual(misdeeds, { ran: 0, violations: [], foreign: [] });
				assert.deepEqual(browser.requests, []);
				assert.match(browser.page.url(), /^http:\/\/127\.0\.0\.1:\d+\/$/);
				await browser.page.evaluate(() => {
					markdownPage.close();
				});
			});
		}
	});
}
