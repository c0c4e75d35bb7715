import assert from "node:assert/strict";
import { allowedMarkup } from "../support/markdown/allowedMarkup";
import { type BrowserPage, openBrowserPage } from "../support/view/browserPage";
import { hostileCorpus } from "../support/hostile/hostileCorpus";
import { attributeNames, elementNames } from "../support/markdown/markupNames";
import type { hostilePage as HostilePage } from "./hostilePage";

declare const hostilePage: typeof HostilePage;

/** Written by the first guard for the second; a fifth, `data-task`, makes a checkbox of its element. */
const placeholders = ["data-code", "data-href", "data-image", "data-rows"];

const texts = Object.values(hostileCorpus)
	.flat()
	.map(({ text }) => text);
/** Only the first guard tells its own placeholders from the model's. */
const textsWithoutPlaceholders = texts.filter((text) => !text.includes("data-task"));

describe("Each of the two guards alone", () => {
	let browser: BrowserPage;

	before(async function () {
		this.timeout(60_000);
		browser = await openBrowserPage("test/browser/hostilePage.ts", "none");
	});

	after(() => browser.close());

	it("the sanitiser lets through the elements of the frozen list, and no other", async () => {
		const through = await browser.page.evaluate(
			(names) => names.filter((name) => hostilePage.survives(name, "")),
			elementNames,
		);
		// An image is a link when it comes here.
		const expected = [...allowedMarkup.keys()].filter((name) => name !== "img");
		assert.deepEqual(through.toSorted(), expected.toSorted());
	});

	it("the sanitiser lets through the attributes of the frozen list, and no handler of any event", async () => {
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

	it(`the sanitiser makes ${textsWithoutPlaceholders.length} hostile texts harmless that the first guard did not see`, async () => {
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

	it(`the first guard writes nothing but allowed markup for ${texts.length} hostile texts`, async () => {
		const found = await browser.page.evaluate((all) => hostilePage.examineRewriting(all), texts);
		assert.deepEqual(found, []);
	});
});
