import assert from "node:assert/strict";
import { type BrowserPage, openBrowserPage } from "../support/view/browserPage";
import { markdownCarriers } from "../support/hostile/carriers";
import { type HostileFragment, shows } from "../support/hostile/hostileFragment";
import { hostileCorpus } from "../support/hostile/hostileCorpus";
import { until } from "../support/until";
import type { Examination, hostilePage as HostilePage } from "./hostilePage";

declare const hostilePage: typeof HostilePage;

const classes = Object.entries(hostileCorpus);
const lines = classes
	.flatMap(([, fragments]) => fragments.map(({ text }) => text))
	.filter((text) => !text.includes("\n"));

/** Returns a sample of `lines` that depends on `seed`. */
function someLines(seed: number): string[] {
	return lines.filter((_, index) => index % 151 === (seed * 7) % 151);
}

/** Returns every prefix of `text`, as if the model had stopped there. */
function beginnings(text: string): string[] {
	return Array.from(text, (_, index) => text.slice(0, index + 1));
}

function describePage(policy: "view" | "none", title: string, tests: (page: HostilePages) => void) {
	describe(`Hostile Markdown in a page with ${title}`, () => {
		let browser: BrowserPage;

		before(async function () {
			this.timeout(60_000);
			browser = await openBrowserPage("test/browser/hostilePage.ts", policy);
		});

		after(() => browser.close());

		tests({
			stream: async (fragments) => {
				const found = await browser.page.evaluate(
					(all) => hostilePage.examineStreams(all),
					fragments,
				);
				await assertHarmless(browser, found);
			},
			draw: async (texts) => {
				const found = await browser.page.evaluate((all) => hostilePage.examineWholes(all), texts);
				await assertHarmless(browser, found);
			},
		});
	});
}

interface HostilePages {
	readonly stream: (fragments: readonly HostileFragment[]) => Promise<void>;
	readonly draw: (texts: readonly string[]) => Promise<void>;
}

async function assertHarmless(
	{ page, requests, incidents }: BrowserPage,
	{ looks, ...found }: Examination,
): Promise<void> {
	assert.ok(looks > 0);
	const harmless = {
		ran: 0,
		violations: [],
		reports: [],
		outside: [],
		foreign: [],
		unreadable: [],
	};
	assert.deepEqual(found, harmless);
	// The page requests its own probe last, so that all other requests are already in this list.
	const isProbe = (url: string | undefined): boolean => url?.endsWith("/probe.png") === true;
	await until("the probe is reported", () => isProbe(requests.at(-1)));
	assert.deepEqual(
		requests.filter((url) => !isProbe(url)),
		[],
	);
	assert.deepEqual(
		incidents.filter((incident) => !incident.includes("404 (Not Found)")),
		[],
	);
	assert.match(page.url(), /^http:\/\/127\.0\.0\.1:\d+\/$/);
}

describePage("view", "the view's policy", ({ stream, draw }) => {
	for (const [name, fragments] of classes) {
		it(`does nothing as it grows by characters: ${name} (${fragments.length})`, () =>
			stream(fragments));

		it(`does nothing where it is cut at any character: ${name} (${fragments.length})`, () =>
			draw(fragments.flatMap(({ text }) => beginnings(text))));
	}
});

describePage("none", "no policy, where sanitising alone stops it", ({ stream, draw }) => {
	for (const [name, fragments] of classes) {
		it(`does nothing as it grows by characters: ${name} (${fragments.length})`, () =>
			stream(fragments));
	}

	for (const [index, [place, carry]] of Object.entries(markdownCarriers).entries()) {
		it(`does nothing in ${place}, whole (${lines.length}) or growing by characters`, async () => {
			await draw(lines.map(carry));
			await stream(someLines(index).map((line) => shows(carry(line), undefined)));
		});
	}
});
