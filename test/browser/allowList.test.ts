import assert from "node:assert/strict";
import { allowedMarkup } from "../support/markdown/allowedMarkup";
import { type BrowserPage, openBrowserPage } from "../support/view/browserPage";
import { hostileCorpus } from "../support/hostile/hostileCorpus";
import { attributeNames, elementNames } from "../support/markdown/markupNames";
import type { hostilePage as HostilePage } from "./hostilePage";

declare const hostilePage: typeof HostilePage;

/** Attributes that the first guard writes for the second. A fifth, `data-task`, turns its element into a checkbox. */
const placeholders = ["data-code", "data-href", "data-image", "data-rows"];

const texts = Object.values(hostileCorpus)
	.flat()
	.map(({ text }) => text);
/** Only the first guard can tell its own placeholders from the model's. */
const textsWithoutPlaceholders = texts.filter((text) => !text.includes("data-task"));

describe("Each of the two guards alone", () => {
	let browser: BrowserPage;

	before(async function () {
		this.timeout(60_000);
		browser = await openBrowserPage("test/browser/hostilePage.ts", "none");
	});

	after(() => browser.close());

	it("the sanitizer lets through only the elements of the frozen list", async () => {
		const through = await browser.page.evaluate(
			(names) => names.filter((name) => hostilePage.survives(name, "")),
			elementNames,
		);
		// The first guard has already turned images into links.
		const expected = [...allowedMarkup.keys()].filter((name) => name !== "img");
		assert.deepEqual(through.toSorted(), expected.toSorted());
	});

	it("the sanitizer lets through only the attributes of the frozen list, and no event handlers", async () => {
		const { handlers, through } = await browser.page.evaluate((names) => {
			const handlers = hostilePage.handlerNames();
			return {
				handlers,
				through: [...names, ...handlers].filter((name) => hostilePage.survives("b", name)),
			};
		}, attributeNames);
		assert.ok(handlers.length > 80, `${handlers.length} handlers`);
		const written = new Set([...allowedMarkup.values()].flat());
		const expected = [...written, ...placeholders].filter(
			(name) => !["href", "src", "alt"].includes(name),
		);
		assert.deepEqual(through.toSorted(), expected.toSorted());
	});

	it(`the sanitizer makes ${textsWithoutPlaceholders.length} hostile texts harmless that the first guard did not see`, async () => {
		const { looks, ...found } = await browser.page.evaluate(
			(all) => hostilePage.examineSanitiser(all),
			textsWithoutPlaceholders,
		);
		assert.equal(looks, textsWithoutPlaceholders.length);
		assert.deepEqual(found, {
			ran: 0,
			violations: [],
			reports: [],
			outside: [],
			foreign: [],
			unreadable: [],
		});
		assert.deepEqual(
			browser.requests.filter((url) => !url.endsWith("/probe.png")),
			[],
		);
	});

	it(`the first guard writes only allowed markup for ${texts.length} hostile texts`, async () => {
		const found = await browser.page.evaluate((all) => hostilePage.examineRewriting(all), texts);
		assert.deepEqual(found, []);
	});
});
