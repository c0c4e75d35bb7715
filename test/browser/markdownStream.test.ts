import assert from "node:assert/strict";
import { type BrowserPage, openBrowserPage } from "../support/view/browserPage";
import { markdownDocuments, slicesOf } from "../support/markdown/markdownDocuments";
import type { markdownPage as MarkdownPage } from "./markdownPage";

declare const markdownPage: typeof MarkdownPage;

function lines(count: number, line: (index: number) => string): string {
	return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

/** Documents with one block that is too long for the stream to keep open as a whole. */
const longDocuments: Readonly<Record<string, string>> = {
	code: `\`\`\`ts\n${lines(300, (index) => `\tconst value${index} = \`<${index}>\`;`)}\n\n\`\`\`\n\nAfter.`,
	"code without an end": `\`\`\`\n${lines(300, (index) => `line ${index} of many, all of them kept`)}`,
	table: `| a | \`b\` |\n|---|:-:|\n${lines(300, (index) => `| **${index}** | \`code\` of ${index} |`)}\n\nAfter.`,
	"tight list": `${lines(300, (index) => `${index + 3}. item *${index}*\n   - nested ${index}`)}\n\nAfter.`,
	"list that becomes loose late": `${lines(300, (index) => `- item number ${index}`)}\n\n- loose\n- end\n`,
	"task list": lines(300, (index) => `- [${index % 2 === 0 ? "x" : " "}] task ${index}`),
	paragraph: lines(300, (index) => `Sentence **${index}** with \`code\` and more.`),
	quote: lines(300, (index) => `> Sentence *${index}*.`),
	"raw HTML around": `<details>\n\n${lines(100, (index) => `- item ${index}\n\n  text of ${index}`)}\n\n</details>\n\nAfter.`,
};

describe("MarkdownStream in a browser", () => {
	let browser: BrowserPage;

	before(async function () {
		this.timeout(60_000);
		browser = await openBrowserPage("test/browser/markdownPage.ts", "view");
	});

	afterEach(() =>
		browser.page.evaluate(() => {
			markdownPage.close();
		}),
	);

	after(() => browser.close());

	function render(slices: readonly string[]): Promise<string> {
		return browser.page.evaluate((all) => markdownPage.render(all), slices);
	}

	for (const [name, text] of Object.entries(markdownDocuments)) {
		it(`ends as one whole rendering does, however the text is sliced: ${name}`, async () => {
			const whole = await browser.page.evaluate((all) => markdownPage.renderWhole(all), text);
			assert.equal(await render([...slicesOf(text, 1, 1)]), whole);
			for (const longest of [3, 11, 40]) {
				assert.equal(await render([...slicesOf(text, longest, longest)]), whole);
			}
		});
	}

	for (const [name, text] of Object.entries(longDocuments)) {
		it(`ends as one whole rendering does when it is long: ${name}`, async () => {
			const whole = await browser.page.evaluate((all) => markdownPage.renderWhole(all), text);
			assert.equal(await render([...slicesOf(text, 24, 5)]), whole);
			assert.equal(await render([...slicesOf(text, 900, 5)]), whole);
		});
	}

	it("shows all text, if only as plain text, when it is nested without end", async () => {
		const quotes = `${">".repeat(20_000)} deep`;
		const index = await browser.page.evaluate((text) => {
			const stream = markdownPage.open();
			markdownPage.append(stream, [text]);
			markdownPage.end(stream);
			return stream;
		}, quotes);
		assert.match(await browser.page.evaluate((i) => markdownPage.text(i), index), /deep/);
	});

	it("keeps a selection in an earlier paragraph while more text comes", async () => {
		const { before, after } = await browser.page.evaluate(
			(slices) => {
				const index = markdownPage.open();
				markdownPage.append(index, ["First *paragraph* to select.\n\nSecond"]);
				const first = document.querySelector("p")!;
				document.getSelection()!.setBaseAndExtent(first.firstChild!, 2, first.lastChild!, 4);
				const before = document.getSelection()!.toString();
				markdownPage.append(index, slices);
				markdownPage.end(index);
				return { before, after: document.getSelection()!.toString() };
			},
			[...slicesOf(` grows.\n\n${markdownDocuments.prose}`, 9, 1)],
		);
		assert.equal(before, "rst paragraph to ");
		assert.equal(after, before);
	});

	it("keeps a selection in the open block's unchanged start", async () => {
		const selected = await browser.page.evaluate(
			(slices) => {
				const index = markdownPage.open();
				markdownPage.append(index, ["Some words, **bold** and"]);
				const text = document.querySelector("p")!.firstChild!;
				document.getSelection()!.setBaseAndExtent(text, 5, text, 10);
				markdownPage.append(index, slices);
				return document.getSelection()!.toString();
			},
			[...slicesOf(" more words until the *end* of it", 1, 1)],
		);
		assert.equal(selected, "words");
	});

	it("keeps a selection in code when the code is highlighted", async () => {
		await browser.page.evaluate(() => {
			const index = markdownPage.open();
			markdownPage.append(index, ["```js\nconst answer = 42;\n", "let more;\n"]);
			const text = document.querySelector("code")!.firstChild!;
			document.getSelection()!.setBaseAndExtent(text, 6, text, 14);
			markdownPage.append(index, ["```\n\nAfter.\n"]);
			markdownPage.end(index);
		});
		await browser.page.waitForSelector(".hljs-keyword");
		assert.equal(
			await browser.page.evaluate(() => document.getSelection()!.toString()),
			"answer =",
		);
	});

	it("highlights every finished block of code in the page's idle time", async () => {
		await browser.page.evaluate(
			(texts) => {
				for (const text of texts) {
					markdownPage.render([text]);
				}
			},
			["```ts\nlet a;\n```\n\n- x\n\n  ```py\n  def b(): pass\n  ```\n", "```c++\nint c;\n```"],
		);
		await browser.page.waitForFunction(
			() => document.querySelectorAll("code:has([class^=hljs])").length === 3,
			undefined,
			// Waiting with `requestAnimationFrame` would not work, because the page's own version is replaced.
			{ polling: 50 },
		);
	});

	it("leaves code with a very long line plain", async () => {
		await browser.page.evaluate(() => {
			const long = `const a = "${"x".repeat(3000)}";`;
			markdownPage.render([`\`\`\`js\n${long}\n\`\`\`\n\n\`\`\`py\ndef b(): pass\n\`\`\`\n`]);
		});
		// Blocks are highlighted in order: once the second is, the first has had its turn.
		await browser.page.waitForSelector('.md-code[data-language="py"] .hljs-keyword');
		const first = browser.page.locator('.md-code[data-language="js"]').last();
		assert.equal(await first.locator("[class^=hljs]").count(), 0);
	});

	it("reports links, copying, and inserting, by mouse and by keyboard", async () => {
		await browser.page.evaluate(() => {
			const told: string[] = [];
			Object.assign(window, { told });
			for (const type of ["open-link", "copy-text", "insert-code"]) {
				document.addEventListener(type, (event) => {
					told.push(`${type} ${JSON.stringify((event as CustomEvent).detail)}`);
				});
			}
			markdownPage.render(["[one](https://example.com/1)\n\n```js\nlet a;\n\n```\n"]);
		});
		const { page } = browser;
		await page.getByRole("link", { name: "one" }).click();
		await page.keyboard.press("Enter");
		await page.keyboard.press("Tab");
		assert.equal(
			await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
			"Copy",
		);
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "Insert at Cursor", exact: true }).click();
		assert.deepEqual(await page.evaluate(() => (window as unknown as { told: string[] }).told), [
			'open-link {"url":"https://example.com/1"}',
			'open-link {"url":"https://example.com/1"}',
			'copy-text {"text":"let a;\\n"}',
			'insert-code {"text":"let a;\\n"}',
		]);
	});

	it("labels code, tables, and tasks for screen readers", async () => {
		await browser.page.evaluate(() => {
			markdownPage.render(["```ts\na\n```\n\n| a |\n|---|\n\n- [x] done *well*\n  - nested\n"]);
		});
		const { page } = browser;
		await page.getByRole("group", { name: "Code, ts" }).waitFor();
		await page.getByRole("group", { name: "Table" }).waitFor();
		assert.equal(
			await page.getByRole("checkbox", { name: "done well", exact: true }).isChecked(),
			true,
		);
	});
});
