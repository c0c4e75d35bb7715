import assert from "node:assert/strict";
import type { CDPSession } from "playwright-core";
import type { BrowserPage } from "../support/view/browserPage";
import { until } from "../support/until";
import { openViewPage } from "../support/view/viewPage";
import type { chatViewPage as ChatViewPage } from "./chatViewPage";
import { answerStats, chatState } from "../support/view/chatStates";

declare const chatViewPage: typeof ChatViewPage;

const answer = "Some **words** and `code`:\n\n```ts\nlet x = 1;\n```\n\n- one\n- two\n";

describe("a view that stays open", () => {
	let browser: BrowserPage;
	let devTools: CDPSession;

	before(async () => {
		browser = await openViewPage();
		devTools = await browser.page.context().newCDPSession(browser.page);
		await devTools.send("Performance.enable");
		await browser.page.evaluate((chat) => chatViewPage.openScripted(chat), chatState());
	});

	after(() => browser.close());

	/** Returns what the page holds after a garbage collection. */
	async function held(): Promise<{ readonly nodes: number; readonly listeners: number }> {
		await devTools.send("HeapProfiler.collectGarbage");
		const { metrics } = await devTools.send("Performance.getMetrics");
		const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? NaN;
		return { nodes: metric("Nodes"), listeners: metric("JSEventListeners") };
	}

	/**
	 * Asks a few questions, and begins a new chat. It does not use the textbox, because Chromium's undo history keeps
	 * typed text as nodes.
	 */
	async function converse(): Promise<void> {
		const { page } = browser;
		await page.evaluate(
			async ([text, stats]) => {
				const { host } = chatViewPage;
				for (const turnId of ["u1", "u2", "u3"]) {
					host.send({ type: "submit", turnId, text: "A question" });
					while (
						host.chat.turns.at(-1)?.role !== "assistant" ||
						host.chat.turns.at(-2)?.id !== turnId
					) {
						await new Promise(requestAnimationFrame);
					}
					for (const piece of text.match(/.{1,5}/gsu) ?? []) {
						host.write(piece);
						await new Promise(requestAnimationFrame);
					}
					host.end({ kind: "complete", stats });
				}
			},
			[answer, answerStats] as const,
		);
		await page.getByRole("article", { name: "Assistant" }).nth(2).waitFor();
		await page.getByRole("button", { name: "New Chat", exact: true }).first().click();
		await page.getByRole("article", { name: "You" }).first().waitFor({ state: "detached" });
	}

	it("keeps nothing of the chats that were shown before", async () => {
		await converse();
		await converse();
		const before = await held();
		for (let count = 0; count < 5; count += 1) {
			await converse();
		}
		let after = before;
		// A timer or a frame may still hold objects during the first collection.
		await until("what the chats held is let go", async () => {
			after = await held();
			return after.nodes <= before.nodes + 5 && after.listeners <= before.listeners + 5;
		}).catch(() => {
			assert.fail(`${JSON.stringify(before)} became ${JSON.stringify(after)}`);
		});
	});
});
