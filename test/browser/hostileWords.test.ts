import assert from "node:assert/strict";
import { type BrowserPage, openBrowserPage } from "../support/view/browserPage";
import { hostileCorpus } from "../support/hostile/hostileCorpus";
import { chosenSeed, seededRandom } from "../support/random";
import { until } from "../support/until";
import type { hostileChatPage as HostileChatPage, WordsExamination } from "./hostileChatPage";

declare const hostileChatPage: typeof HostileChatPage;

/** The size of the sample of the fragments; the Markdown tests use all of them. ALL_WORDS=1 uses all here, too. */
const share = process.env.ALL_WORDS ? 1 : 0.25;

describe("Hostile words where there is no Markdown", () => {
	const seed = chosenSeed();
	const random = seededRandom(seed);
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

	for (const [name, all] of Object.entries(hostileCorpus)) {
		const drawn = all.filter(() => random() < share);
		const fragments = drawn.length > 0 ? drawn : all.slice(0, 1);
		const title = `${name} (${fragments.length} of ${all.length}, SEED=${seed})`;
		it(`are only words in messages, thoughts, labels, failures, prompts, and names: ${title}`, async () => {
			await assertHarmless(
				await browser.page.evaluate((all) => hostileChatPage.examineEverywhere(all), fragments),
			);
		});

		it(`are only words while an answer and its thoughts grow by characters: ${title}`, async () => {
			await assertHarmless(
				await browser.page.evaluate((all) => hostileChatPage.examineGrowing(all), fragments),
			);
		});
	}
});
