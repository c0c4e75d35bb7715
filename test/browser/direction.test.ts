import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Turn } from "../../src/protocol/chat/chat";
import type { BrowserPage } from "../support/view/browserPage";
import { chatState, endedTurn, userTurn } from "../support/view/chatStates";
import { openViewPage } from "../support/view/viewPage";
import type { chatViewPage as ChatViewPage } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

const arabic = "مرحبا بالعالم";

describe("The direction of text in the chat view", () => {
	let browser: BrowserPage;
	let page: Page;

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage();
		page = browser.page;
		await page.setViewportSize({ width: 400, height: 700 });
	});

	after(() => browser.close());

	const open = (...turns: readonly Turn[]): Promise<void> =>
		page.evaluate((chat) => chatViewPage.open(chat), chatState({ turns }));

	/** Returns the side of its block at which the text of the first match begins. */
	function sideOf(selector: string): Promise<"left" | "right"> {
		return page.evaluate((wanted) => {
			const element = document.querySelector(wanted)!;
			const range = document.createRange();
			range.selectNodeContents(element);
			const text = range.getClientRects()[0]!;
			const block = element.closest("p, h2, li")!;
			const box = block.getBoundingClientRect();
			return text.left - box.left <= box.right - text.right ? "left" : "right";
		}, selector);
	}

	it("follows the first word of each block, and code stays left to right", async () => {
		const reply = [
			arabic,
			"Hello, world.",
			`## ${arabic}`,
			`- ${arabic}\n- Hello`,
			`\`x = 1\` ${arabic}`,
			`| ${arabic} | b |\n|---|---|\n| 1 | 2 |`,
			`> ${arabic}\n>\n> - Hello`,
			`\`\`\`ts\n// ${arabic}\nconst x = 1;\n\`\`\``,
		].join("\n\n");
		await open(userTurn("q", arabic), endedTurn("a", reply));
		const directions = await page.evaluate(() =>
			[
				...document.querySelectorAll(".markdown :is(p, h2, ul, table, blockquote, pre, p code)"),
			].map((block) => `${block.localName} ${getComputedStyle(block).direction}`),
		);
		assert.deepEqual(directions, [
			"p rtl",
			"p ltr",
			"h2 rtl",
			"ul rtl",
			"p rtl",
			"code ltr",
			"table rtl",
			"blockquote rtl",
			"p rtl",
			"ul rtl",
			"pre ltr",
		]);
		assert.equal(await sideOf(".markdown p"), "right");
		assert.equal(await sideOf(".markdown h2"), "right");
		assert.equal(await sideOf(".markdown li + li"), "left");
	});

	it("follows each line of a message and of the text being typed", async () => {
		await open(userTurn("q", `Hello there, my dear friend.\n${arabic}\nHi`));
		const lefts = await page.evaluate(() => {
			const text = document.querySelector(".user-text")!;
			const range = document.createRange();
			range.selectNodeContents(text);
			const { left } = text.getBoundingClientRect();
			const lines = [...range.getClientRects()].filter(({ width }) => width > 5);
			return lines.map((line) => line.left - left < 5);
		});
		assert.deepEqual(lefts, [true, false, true]);
		const textbox = page.getByRole("textbox", { name: "Message" });
		await textbox.fill(arabic);
		assert.equal(await textbox.evaluate((box) => getComputedStyle(box).direction), "rtl");
		await textbox.fill("Hello");
		assert.equal(await textbox.evaluate((box) => getComputedStyle(box).direction), "ltr");
	});

	it("lays out the view in the direction of its language", async () => {
		const sides = async (): Promise<readonly number[]> =>
			page.evaluate(() =>
				[".chat-title", "chat-header button", ".bubble", "button.primary"].map((selector) => {
					const { left, right } = document.querySelector(selector)!.getBoundingClientRect();
					return Math.round((left + right) / 2);
				}),
			);
		await open(userTurn("q", "Hi"));
		const before = await sides();
		await page.evaluate(() => {
			document.documentElement.dir = "rtl";
		});
		const width = 400;
		const mirrored = (await sides()).map((middle) => width - middle);
		await page.evaluate(() => {
			document.documentElement.dir = "ltr";
		});
		for (const [index, middle] of before.entries()) {
			assert.ok(Math.abs(middle - mirrored[index]!) <= 16, `${middle}, ${mirrored[index]}`);
		}
	});
});

describe("Text copied by hand from the chat view", () => {
	let browser: BrowserPage;
	let page: Page;

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage();
		page = browser.page;
	});

	after(() => browser.close());

	it("contains the code of a block without the block's label", async () => {
		const reply = "Before\n\n```ts\nconst x = 1;\n```\n\nAfter";
		await page.evaluate(
			(chat) => chatViewPage.open(chat),
			chatState({ turns: [userTurn("q", "Code?"), endedTurn("a", reply)] }),
		);
		const copied = await page.evaluate(() => {
			getSelection()!.selectAllChildren(document.querySelector(".markdown")!);
			return String(getSelection());
		});
		assert.match(copied, /^Before\s+const x = 1;\s+After\s*$/);
	});

	it("opens a diagram if VS Code can draw it, and otherwise does not offer to", async () => {
		const reply = "```mermaid\ngraph TD\n  A --> B\n```\n\n```ts\nconst x = 1;\n```";
		await page.evaluate(
			(chat) => chatViewPage.openScripted(chat),
			chatState({ turns: [userTurn("q", "Draw"), endedTurn("a", reply)] }),
		);
		const buttons = page.getByRole("button", { name: "Open Diagram" });
		assert.equal(await buttons.count(), 1);
		await buttons.click();
		const sent = await page.evaluate(() => chatViewPage.port.sentOf("openDiagram"));
		assert.deepEqual(sent, [{ type: "openDiagram", text: "graph TD\n  A --> B" }]);
		await page.evaluate(() => {
			document.documentElement.removeAttribute("data-draws-diagrams");
		});
		assert.equal(await buttons.count(), 0);
	});
});
