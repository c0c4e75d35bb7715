import { groupBlocks } from "./block";
import { BlockCanvas } from "./blockCanvas";
import { BlockSplitter } from "./blockSplitter";
import { HighlightQueue } from "./highlightQueue";
import { lexMarkdown } from "./lexMarkdown";
import { reportActions } from "./reportActions";

/**
 * Shows a growing Markdown text.
 *
 * Nodes of a closed block are never touched again while text comes, and the open one is redrawn in place, at
 * most once per frame, so a selection in what did not change stays. At the end the text is read once as a
 * whole, and only blocks that read differently then (a link that was used before its definition came) are
 * drawn anew: the page always ends as one whole rendering would.
 *
 * What the user does inside bubbles from the host as CustomEvents: "copy-text" {text}, "insert-code" {text},
 * and "open-link" {url}, an http or https address.
 */
export class MarkdownStream {
	readonly #host: HTMLElement;
	readonly #splitter = new BlockSplitter();
	readonly #highlights = new HighlightQueue();
	readonly #canvas: BlockCanvas;
	readonly #listening = new AbortController();
	#text = "";
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
		this.#text += text;
		this.#splitter.append(text);
		this.#frame ??= requestAnimationFrame(() => {
			this.#frame = undefined;
			this.#draw();
		});
	}

	/** No more text comes. Draws the final form at once, also in a hidden page, which has no frames. */
	end(): void {
		this.#cancelFrame();
		if (this.#hasDrawn) {
			this.#canvas.show(this.#splitter.end(), []);
		}
		this.#canvas.settle(groupBlocks(lexMarkdown(this.#text.replace(/\r\n?/g, "\n"), {})));
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
