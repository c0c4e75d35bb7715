import type { CDPSession, Page } from "playwright-core";
import type { BrowserPage } from "../../support/view/browserPage";
import { type FrameCosts, readFrameCosts, traceCategories } from "./frameTrace";
import { unitsPerToken } from "./longAnswers";
import type { viewBenchPage as ViewBenchPage } from "./viewBenchPage";

declare const viewBenchPage: typeof ViewBenchPage;

/** What 200 tokens per second bring in each of 60 frames. */
const unitsPerFrame = Math.round((200 * unitsPerToken) / 60);

/** Drives the page of the bench, and looks at it from outside. */
export class ViewBench {
	readonly #page: Page;
	readonly #devTools: CDPSession;
	#emptyBytes = 0;

	private constructor(page: Page, devTools: CDPSession) {
		this.#page = page;
		this.#devTools = devTools;
	}

	static async on({ page }: BrowserPage): Promise<ViewBench> {
		const devTools = await page.context().newCDPSession(page);
		await devTools.send("Performance.enable", { timeDomain: "threadTicks" });
		return new ViewBench(page, devTools);
	}

	/** Opens a conversation, and waits until all of it is drawn. @returns milliseconds until it could be used. */
	async open(turns: number): Promise<number> {
		const openMs = await this.#page.evaluate((count) => viewBenchPage.open(count), turns);
		await this.#page.evaluate((count) => viewBenchPage.allDrawn(count), turns);
		return openMs;
	}

	/** Streams an answer to the view, and waits until its code has its colours. */
	async stream(text: string): Promise<void> {
		await this.#page.evaluate(([all, units]) => viewBenchPage.stream(all, units), [
			text,
			unitsPerFrame,
		] as const);
	}

	/** The frames of an answer in an empty view. */
	async streamed(text: string): Promise<FrameCosts> {
		await this.#page.reload();
		await this.open(0);
		this.#emptyBytes = await this.#usedBytes();
		return this.traced(() => this.stream(text));
	}

	/** Streams an answer to the page by the plain way. */
	async renderAgain(text: string): Promise<void> {
		await this.#page.evaluate(([all, units]) => viewBenchPage.streamByRenderingAgain(all, units), [
			text,
			unitsPerFrame,
		] as const);
	}

	/** The time of the processor that the page's main thread takes for `work`, in milliseconds; without a trace. */
	async cpuMs(work: () => Promise<unknown>): Promise<number> {
		const before = await this.#threadSeconds();
		await work();
		return 1000 * ((await this.#threadSeconds()) - before);
	}

	/** A fresh page, with nothing of what was before. */
	async clear(): Promise<void> {
		await this.#page.reload();
		await this.#page.evaluate(() => viewBenchPage.clear());
	}

	/** What the view holds of the answer that was streamed last, to what the page holds of its DOM built once. */
	async memoryRatio(text: string): Promise<number> {
		const heldBytes = (await this.#usedBytes()) - this.#emptyBytes;
		await this.clear();
		const emptyBytes = await this.#usedBytes();
		await this.#page.evaluate((all) => viewBenchPage.build(all), text);
		return heldBytes / ((await this.#usedBytes()) - emptyBytes);
	}

	async scrollThrough(): Promise<void> {
		await this.#page.evaluate(() => viewBenchPage.scrollThrough());
	}

	async traced(work: () => Promise<unknown>): Promise<FrameCosts> {
		const browser = this.#page.context().browser();
		if (!browser) {
			throw new Error("The page has no browser.");
		}
		await browser.startTracing(this.#page, { categories: traceCategories });
		await work();
		return readFrameCosts(await browser.stopTracing());
	}

	async #threadSeconds(): Promise<number> {
		const { metrics } = await this.#devTools.send("Performance.getMetrics");
		return metrics.find(({ name }) => name === "ThreadTime")?.value ?? NaN;
	}

	/** Of the page's scripts and of its nodes, after a collection of garbage. */
	async #usedBytes(): Promise<number> {
		await this.#devTools.send("HeapProfiler.collectGarbage");
		await this.#devTools.send("HeapProfiler.collectGarbage");
		const usage = await this.#devTools.send("Runtime.getHeapUsage");
		return usage.usedSize + usage.embedderHeapUsedSize;
	}
}
