import assert from "node:assert/strict";
import { type BrowserPage } from "../support/view/browserPage";
import { until } from "../support/until";
import { openViewPage } from "../support/view/viewPage";
import { slicesOf } from "../support/markdown/markdownDocuments";
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
		// The view is not needed here, and would cover the page.
		await browser.page.evaluate(() => document.querySelector("chat-app")?.remove());
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

	it("copy selected code unchanged, although it is drawn in chunks", async () => {
		await stream(`\`\`\`\n${code}\n\`\`\`\n`);
		const selected = await browser.page.evaluate(() => {
			document.getSelection()?.selectAllChildren(document.querySelector("pre")!);
			return document.getSelection()?.toString();
		});
		assert.ok((await browser.page.locator("pre > code").count()) > 2);
		assert.equal(selected?.trimEnd(), code.trimEnd());
	});

	it("expose a table of many rows to screen readers as one table", async () => {
		await stream(table);
		assert.ok((await browser.page.locator("tbody").count()) > 2);
		const devTools = await browser.page.context().newCDPSession(browser.page);
		const count = async (role: string): Promise<number> => {
			const { nodes } = await devTools.send("Accessibility.getFullAXTree");
			return nodes.filter((node) => !node.ignored && node.role?.value === role).length;
		};
		// Sections out of sight are skipped here, too.
		await until("rows are there", async () => (await count("row")) > 50);
		assert.equal(await count("table"), 1);
		assert.equal(await count("columnheader"), 2);
		assert.equal(await count("cell"), 2 * ((await count("row")) - 1));
	});

	it("keep the columns of a long table aligned", async () => {
		await stream(table);
		const lefts = await browser.page.evaluate(() =>
			[...document.querySelectorAll("th:last-child, td:last-child")].map((cell) =>
				Math.round(cell.getBoundingClientRect().left),
			),
		);
		assert.equal(new Set(lefts).size, 1);
	});

	it("keep the existing rows when more rows arrive", async () => {
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

	describe("the space between two blocks is the same at a boundary between two parts", () => {
		const blocks = {
			paragraph: "Some words",
			list: "- One\n- Two",
			code: "```\ncode\n```",
			"large heading": "# Heading",
			"small heading": "##### Heading",
			rule: "---",
		};

		async function spacePx(before: string, pair: readonly string[]): Promise<number> {
			await stream(`${before}${pair.join("\n\n")}\n`);
			const { page } = browser;
			const [upper, lower] = [
				page.locator(".md-part > *").nth(-2),
				page.locator(".md-part > *").last(),
			];
			await lower.scrollIntoViewIfNeeded();
			for (const block of [upper, lower]) {
				await until("it is in sight", () =>
					block.evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true })),
				);
			}
			const boxes = [await upper.boundingBox(), await lower.boundingBox()];
			await page.evaluate(() => {
				markdownPage.close();
			});
			const [above, below] = boxes;
			assert.ok(above && below);
			return Math.round(10 * (below.y - above.y - above.height)) / 10;
		}

		for (const [above, below] of [
			["paragraph", "paragraph"],
			["paragraph", "large heading"],
			["paragraph", "small heading"],
			["paragraph", "rule"],
			["list", "paragraph"],
			["code", "large heading"],
			["large heading", "paragraph"],
			["small heading", "list"],
			["rule", "paragraph"],
		] as const) {
			it(`${above} and ${below}`, async () => {
				const pair = [blocks[above], blocks[below]];
				const within = await spacePx("First\n\n", pair);
				assert.equal(await spacePx("One of 31\n\n".repeat(31), pair), within);
			});
		}
	});
});
