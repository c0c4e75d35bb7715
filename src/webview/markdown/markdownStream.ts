import { withLineFeeds } from "../../protocol/text/lineFeeds";
import { groupBlocks } from "./block";
import { BlockCanvas } from "./blockCanvas";
import { BlockSplitter } from "./blockSplitter";
import { HighlightQueue } from "./code/highlightQueue";
import { lexMarkdown } from "./lexMarkdown";
import { reportActions } from "./reportActions";

/**
 * Shows a growing Markdown text.
 *
 * Nodes of a closed block are never touched again while text comes, and the open one is redrawn in place, at
 * most once per frame, so a selection in what did not change stays. Where later text changes what earlier
 * blocks mean (a link that was used before its definition came), the text is read at the end as a whole, and
 * only those blocks are drawn anew: the page always ends as one whole rendering would.
 *
 * What the user does inside bubbles from the host as CustomEvents: "copy-text" {text}, "insert-code" {text},
 * "open-diagram" {text}, and "open-link" {url}, an http or https address.
 */
export class MarkdownStream {
	readonly #host: HTMLElement;
	readonly #splitter = new BlockSplitter();
	readonly #highlights = new HighlightQueue();
	readonly #canvas: BlockCanvas;
	readonly #listening = new AbortController();
	#receivedLength = 0;
	#frame: number | undefined;
	#hasDrawn = false;

	/** @param host empty; class and content belong to the stream from now on. */
	constructor(host: HTMLElement) {
		this.#host = host;
		host.classList.add("markdown");
		this.#canvas = new BlockCanvas(host, (finished) => {
			this.#highlights.add(finished);
		});
		reportActions(host, this.#listening.signal);
	}

	append(text: string): void {
		this.#receivedLength += text.length;
		this.#splitter.append(text);
		this.#frame ??= requestAnimationFrame(() => {
			this.#frame = undefined;
			this.#draw();
		});
	}

	/**
	 * Draws the final form at once, also in a hidden page, which has no frames.
	 *
	 * @param text all of it, from the beginning. It is not put together here of what came: small pieces of a long
	 * text each keep all of the text that they were cut from (V8, sliced strings).
	 */
	end(text: string): void {
		this.#cancelFrame();
		if (this.#hasDrawn) {
			this.#splitter.append(text.slice(this.#receivedLength));
			this.#canvas.show(this.#splitter.end(), []);
		}
		if (!this.#hasDrawn || this.#splitter.mustBeReadAgain) {
			const { tokens } = lexMarkdown(withLineFeeds(text), {});
			this.#canvas.settle(groupBlocks(tokens));
		}
	}

	/** Ends listening and empties the host. */
	dispose(): void {
		this.#cancelFrame();
		this.#listening.abort();
		this.#highlights.dispose();
		this.#host.replaceChildren();
	}

	#draw(): void {
		const split = this.#splitter.split();
		if (split) {
			this.#hasDrawn = true;
			this.#canvas.show(split.closed, split.open);
		}
	}

	#cancelFrame(): void {
		if (this.#frame !== undefined) {
			cancelAnimationFrame(this.#frame);
			this.#frame = undefined;
		}
	}
}
