import type { CDPSession, Page } from "playwright-core";
import type { BrowserPage } from "../../support/view/browserPage";
import { type FrameCosts, readFrameCosts, traceCategories } from "./frameTrace";
import { unitsPerToken } from "./longAnswers";
import type { viewBenchPage as ViewBenchPage } from "./viewBenchPage";

declare const viewBenchPage: typeof ViewBenchPage;

/** The text of one frame at 200 tokens and 60 frames per second. */
const unitsPerFrame = Math.round((200 * unitsPerToken) / 60);

/** Drives the page of the bench, and observes it from outside. */
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

	/** Opens a chat and waits until all of it is drawn. @returns milliseconds until it could be used */
	async open(turns: number): Promise<number> {
		const openMs = await this.#page.evaluate((count) => viewBenchPage.open(count), turns);
		await this.#page.evaluate((count) => viewBenchPage.allDrawn(count), turns);
		return openMs;
	}

	/** Streams an answer to the view, and waits until its code is highlighted. */
	async stream(text: string): Promise<void> {
		await this.#page.evaluate(([all, units]) => viewBenchPage.stream(all, units), [
			text,
			unitsPerFrame,
		] as const);
	}

	/** Returns the frame costs of an answer in an empty view. */
	async streamed(text: string): Promise<FrameCosts> {
		await this.#page.reload();
		await this.open(0);
		this.#emptyBytes = await this.#usedBytes();
		return this.traced(() => this.stream(text));
	}

	/** Streams an answer to the page with the plain renderer. */
	async renderAgain(text: string): Promise<void> {
		await this.#page.evaluate(([all, units]) => viewBenchPage.streamByRenderingAgain(all, units), [
			text,
			unitsPerFrame,
		] as const);
	}

	/** Returns the CPU time of the page's main thread for `work`, in milliseconds, without a trace. */
	async cpuMs(work: () => Promise<unknown>): Promise<number> {
		const before = await this.#threadSeconds();
		await work();
		return 1000 * ((await this.#threadSeconds()) - before);
	}

	/** Opens a new page, without any leftovers. */
	async clear(): Promise<void> {
		await this.#page.reload();
		await this.#page.evaluate(() => viewBenchPage.clear());
	}

	/** Returns the view's memory for the last streamed answer, relative to the page's memory for its DOM built once. */
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

	/** Returns the bytes of the page's scripts and nodes, after a garbage collection. */
	async #usedBytes(): Promise<number> {
		await this.#devTools.send("HeapProfiler.collectGarbage");
		await this.#devTools.send("HeapProfiler.collectGarbage");
		const usage = await this.#devTools.send("Runtime.getHeapUsage");
		return usage.usedSize + usage.embedderHeapUsedSize;
	}
}
