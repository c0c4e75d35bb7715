import assert from "node:assert/strict";
import { type BrowserPage, openBrowserPage } from "../support/browserPage";
import { hostileCorpus } from "../support/hostile/hostileCorpus";
import { until } from "../support/until";
import type { hostileChatPage as HostileChatPage, WordsExamination } from "./hostileChatPage";

declare const hostileChatPage: typeof HostileChatPage;

describe("Hostile words where there is no Markdown", () => {
	let browser: BrowserPage;

	before(async function () {
		this.timeout(60_000);
		browser = await openBrowserPage("test/browser/hostileChatPage.ts", "view");
	});

	after(() => browser.close());

	async function assertHarmless({ looks, ...found }: WordsExamination): Promise<void> {
		assert.ok(looks > 0);
		assert.deepEqual(found, {
			ran: 0,
			violations: [],
			reports: [],
			outside: [],
			builtOtherwise: [],
			changed: [],
			unknown: [],
		});
		const isProbe = (url: string | undefined): boolean => url?.endsWith("/probe.png") === true;
		await until("the probe is reported", () => isProbe(browser.requests.at(-1)));
		assert.deepEqual(
			browser.requests.filter((url) => !isProbe(url)),
			[],
		);
		assert.deepEqual(
			browser.incidents.filter((incident) => !incident.includes("404 (Not Found)")),
			[],
		);
	}

	for (const [name, fragments] of Object.entries(hostileCorpus)) {
		it(`are words in messages, thoughts, labels, failures, prompts and names: ${name} (${fragments.length})`, async () => {
			await assertHarmless(
				await browser.page.evaluate((all) => hostileChatPage.examineEverywhere(all), fragments),
			);
		});

		it(`are words as answer and thoughts grow by characters: ${name} (${fragments.length})`, async () => {
			await assertHarmless(
				await browser.page.evaluate((all) => hostileChatPage.examineGrowing(all), fragments),
			);
		});
	}
});
