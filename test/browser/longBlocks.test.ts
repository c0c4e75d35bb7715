import assert from "node:assert/strict";
import { type BrowserPage } from "../support/browserPage";
import { until } from "../support/until";
import { openViewPage } from "../support/viewPage";
import { slicesOf } from "../support/markdownDocuments";
import type { markdownPage as MarkdownPage } from "./markdownPage";

declare const markdownPage: typeof MarkdownPage;

function lines(count: number, line: (index: number) => string): string {
	return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

const code = lines(300, (index) => (index % 7 === 3 ? "" : `\tconst value${index} = ${index};`));
const table = `| Name | Value |\n|---|--:|\n${lines(170, (index) => `| key ${index} | ${index} |`)}\n`;

describe("Long blocks", () => {
	let browser: BrowserPage;

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage("test/browser/markdownPage.ts");
	});

	afterEach(() =>
		browser.page.evaluate(() => {
			markdownPage.close();
		}),
	);

	after(() => browser.close());

	function stream(text: string): Promise<string> {
		return browser.page.evaluate((all) => markdownPage.render(all), [...slicesOf(text, 24, 5)]);
	}

	it("selected and copied, code that is drawn in chunks is the code", async () => {
		await stream(`\`\`\`\n${code}\n\`\`\`\n`);
		const selected = await browser.page.evaluate(() => {
			document.getSelection()?.selectAllChildren(document.querySelector("pre")!);
			return document.getSelection()?.toString();
		});
		assert.ok((await browser.page.locator("pre > code").count()) > 2);
		assert.equal(selected?.trimEnd(), code.trimEnd());
	});

	it("a table of many rows is one table to those who do not see it", async () => {
		await stream(table);
		assert.ok((await browser.page.locator("tbody").count()) > 2);
		const devTools = await browser.page.context().newCDPSession(browser.page);
		const roles = async (): Promise<readonly unknown[]> => {
			const { nodes } = await devTools.send("Accessibility.getFullAXTree");
			return nodes.filter(({ ignored }) => !ignored).map(({ role }) => role?.value);
		};
		const count = (all: readonly unknown[], role: string): number =>
			all.filter((one) => one === role).length;
		// Sections out of sight are skipped here too.
		await until("rows are there", async () => count(await roles(), "row") > 50);
		const all = await roles();
		assert.equal(count(all, "table"), 1);
		assert.equal(count(all, "columnheader"), 2);
		assert.equal(count(all, "cell"), 2 * (count(all, "row") - 1));
	});

	it("a table of many rows keeps its columns one below the other", async () => {
		await stream(table);
		const lefts = await browser.page.evaluate(() =>
			[...document.querySelectorAll("th:last-child, td:last-child")].map((cell) =>
				Math.round(cell.getBoundingClientRect().left),
			),
		);
		assert.equal(new Set(lefts).size, 1);
	});

	it("rows that come keep the rows that are there", async () => {
		const kept = await browser.page.evaluate(
			(parts) => {
				const index = markdownPage.open();
				markdownPage.append(index, parts.slice(0, -4));
				const rows = [...document.querySelectorAll("tr")].slice(0, -2);
				markdownPage.append(index, parts.slice(-4));
				markdownPage.end(index);
				const after = [...document.querySelectorAll("tr")];
				return rows.length > 100 && rows.every((row, place) => row === after[place]);
			},
			[...slicesOf(table, 24, 5)],
		);
		assert.ok(kept);
	});
});
