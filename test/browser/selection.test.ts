import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { BrowserPage } from "../support/view/browserPage";
import { answerStats, chatState, runningTurn, userTurn } from "../support/view/chatStates";
import { slicesOf } from "../support/markdown/markdownDocuments";
import { openViewPage } from "../support/view/viewPage";
import type { chatViewPage as ChatViewPage } from "./chatViewPage";

declare const chatViewPage: typeof ChatViewPage;

const beginning = [
	"The first paragraph has *emphasised* words and plain ones.",
	"The second uses [a link] that is defined [later], then [again][later] at its end.",
	"The third goes",
].join("\n\n");

/** Every kind of block, more than fits on the page, and finally the definition that redraws the second paragraph. */
const rest = [
	" on for a **while** and ends.",
	"```ts\nconst answer = 42;\n\nlet more: string;\n```",
	"- one\n- two\n  - nested\n\n    in it\n- three",
	"| a | b |\n|---|---|\n| 1 | `2` |\n| 3 | 4 |",
	"> A quote\n> of two lines",
	`A long paragraph: ${"`code` and **bold** among *many* words. ".repeat(60)}`,
	"<details>\n\nInside\n\n</details>",
	"[later]: https://example.com/later",
].join("\n\n");

describe("Text selected with the mouse in the chat view", () => {
	let browser: BrowserPage;
	let page: Page;

	before(async function () {
		this.timeout(60_000);
		browser = await openViewPage();
		page = browser.page;
		await page.setViewportSize({ width: 360, height: 600 });
	});

	beforeEach(() =>
		page.evaluate(
			(chat) => chatViewPage.openScripted(chat),
			chatState({
				turns: [userTurn("q", "Tell me about paragraphs"), runningTurn("a", beginning)],
			}),
		),
	);

	after(() => browser.close());

	const selected = (): Promise<string> => page.evaluate(() => String(document.getSelection()));
	const distancePx = (): Promise<number> => page.evaluate(() => chatViewPage.distanceToEndPx());

	/** Returns the middles of the left and right edges of `words`, which are in one text node and on one line. */
	function edgesOf(words: string) {
		return page.evaluate((searched) => {
			const walker = document.createTreeWalker(
				document.querySelector(".log")!,
				NodeFilter.SHOW_TEXT,
			);
			while (walker.nextNode()) {
				const node = walker.currentNode as Text;
				const start = node.data.indexOf(searched);
				if (start >= 0) {
					const range = document.createRange();
					range.setStart(node, start);
					range.setEnd(node, start + searched.length);
					const { left, right, top, height } = range.getBoundingClientRect();
					return { left, right, middle: top + height / 2 };
				}
			}
			throw new Error(`“${searched}” is not in the log.`);
		}, words);
	}

	async function pressBefore(words: string): Promise<void> {
		const { left, middle } = await edgesOf(words);
		await page.mouse.move(left + 1, middle);
		await page.mouse.down();
	}

	async function dragBehind(words: string): Promise<void> {
		const { right, middle } = await edgesOf(words);
		await page.mouse.move(right - 1, middle, { steps: 5 });
	}

	/** Drags the mouse from `first` to `last`, and returns the selection. */
	async function select(first: string, last: string): Promise<string> {
		await pressBefore(first);
		await dragBehind(last);
		await page.mouse.up();
		return selected();
	}

	/** Streams `text` in pieces of up to `longest` characters. Returns every selection that was seen. */
	function stream(text: string, longest: number): Promise<readonly string[]> {
		return page.evaluate(
			async (slices) => {
				const seen = new Set<string>();
				for (const slice of slices) {
					chatViewPage.host.write(slice);
					await chatViewPage.drawn();
					seen.add(String(document.getSelection()));
				}
				return [...seen];
			},
			[...slicesOf(text, longest, 7)],
		);
	}

	/** Ends the answer, and returns the selection. */
	async function end(): Promise<string> {
		await page.evaluate(async (stats) => {
			chatViewPage.host.end({ kind: "complete", stats });
			await chatViewPage.drawn();
		}, answerStats);
		return selected();
	}

	/** Streams the rest, and ends the answer. Returns every selection that was seen. */
	async function streamRest(): Promise<readonly string[]> {
		const seen = await stream(rest, 100);
		assert.ok((await distancePx()) <= 1, "the log follows its end");
		const last = await end();
		assert.equal(await page.getByRole("link", { name: "later" }).count(), 1);
		return [...new Set([...seen, last])];
	}

	it("stays in an earlier paragraph while the answer grows out of sight and ends", async () => {
		assert.equal(await select("paragraph has", "words"), "paragraph has emphasised words");
		assert.deepEqual(await streamRest(), ["paragraph has emphasised words"]);
	});

	it("stays around a paragraph that a late link definition changes", async () => {
		const words = await select("plain ones", "The third");
		assert.match(
			words,
			/^plain ones\.\s+The second .* \[later\], then \[again\]\[later\] .*\s+The third$/,
		);
		const settled = words.replace("[later], then [again][later]", "later, then again");
		assert.deepEqual(await streamRest(), [words, settled]);
	});

	for (const [first, last] of [
		["second", "uses"],
		["uses", "defined"],
		["then", "again"],
		["its", "end"],
	] as const) {
		it(`stays in a paragraph that a late link definition changes: from “${first}” to “${last}”`, async () => {
			const words = await select(first, last);
			assert.ok(words.startsWith(first) && words.endsWith(last), words);
			assert.deepEqual(await stream(" on.\n\n[later]: https://example.com/later", 20), [words]);
			assert.equal(await end(), words.replace("[again", "again"));
		});
	}

	it("stays when it begins in an earlier paragraph and ends in the one being written", async () => {
		const words = await select("at its", "third");
		assert.match(words, /^at its end\.\s+The third$/);
		assert.deepEqual(await stream(" on, with **bold** and `code`, to its end.\n\nNext\n", 1), [
			words,
		]);
	});

	it("stays when it was dragged backwards", async () => {
		const last = await edgesOf("words");
		await page.mouse.move(last.right - 1, last.middle);
		await page.mouse.down();
		const first = await edgesOf("first");
		await page.mouse.move(first.left + 1, first.middle, { steps: 5 });
		await page.mouse.up();
		const words = await selected();
		assert.equal(words, "first paragraph has emphasised words");
		assert.deepEqual(await streamRest(), [words]);
	});

	it("keeps its start when text arrives before the mouse button is released", async () => {
		await pressBefore("first");
		await dragBehind("paragraph has");
		assert.deepEqual(await stream(" on, with **bold** words.\n\n- one\n- two\n", 3), [
			"first paragraph has",
		]);
		await dragBehind("second");
		await page.mouse.up();
		const words = await selected();
		assert.match(words, /^first paragraph has emphasised words and plain ones\.\s+The second$/);
		assert.deepEqual(await stream("- three\n\nAfter.\n\nThe", 3), [words]);
	});

	it("stays in a message of the user, selected by double click", async () => {
		const { left, middle } = await edgesOf("paragraphs");
		await page.mouse.dblclick(left + 8, middle);
		assert.equal(await selected(), "paragraphs");
		assert.deepEqual(await streamRest(), ["paragraphs"]);
	});
});
