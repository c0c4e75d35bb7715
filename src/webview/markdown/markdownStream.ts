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
 * Nodes of a closed block are never touched again while text arrives. The open block is redrawn in place, at most once
 * per frame, so a selection in unchanged text stays. If later text changes the meaning of earlier blocks (a link that
 * was used before its definition), the whole text is parsed at the end, and only those blocks are redrawn: the page
 * always ends as one complete rendering would.
 *
 * Actions of the user inside bubble from the host as CustomEvents: "copy-text" {text}, "insert-code" {text}, "open-
 * diagram" {text}, and "open-link" {url}, an http or https address.
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

	/** @param host an empty element; the stream owns its class and content */
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
	 * @param text the whole text. It is not joined from the pieces here, because small pieces of a long text keep the
	 * whole text in memory that they were cut from (V8 sliced strings).
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

	/** Stops listening, and empties the host. */
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
