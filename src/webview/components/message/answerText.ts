import { ReactiveElement, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { DrawQueue } from "../../drawing/drawQueue";
import { MarkdownStream } from "../../markdown/markdownStream";
import { PlainTextStream } from "./plainTextStream";

/**
 * A reply, as formatted Markdown or as plain text.
 *
 * Invariant: text that only grows is only appended to. It is redrawn from the beginning when `markdown` changes, or
 * when the text does not continue the shown text. There is no template: nothing compares what has been drawn.
 */
@customElement("answer-text")
export class AnswerTextElement extends ReactiveElement {
	@property({ attribute: false }) text = "";
	@property({ attribute: false }) markdown = true;
	/** Whether the text is complete. */
	@property({ attribute: false }) isComplete = false;

	/** The queue in which a complete answer waits to be drawn; without one, it is drawn at once. */
	@property({ attribute: false }) drawQueue: DrawQueue | undefined;

	#stream: MarkdownStream | PlainTextStream | undefined;
	#shown = "";
	#hasEnded = false;

	override connectedCallback(): void {
		super.connectedCallback();
		// An element that is moved within the page loses what it has drawn.
		this.requestUpdate();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.drawQueue?.remove(this.#draw);
		this.#drop();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override updated(changed: PropertyValues<this>): void {
		const continues = this.#hasEnded
			? this.isComplete && this.text === this.#shown
			: this.text.startsWith(this.#shown);
		if (changed.has("markdown") || !continues) {
			this.#drop();
		}
		if (this.#hasEnded) {
			return;
		}
		if (!this.#stream && this.isComplete && this.drawQueue) {
			this.drawQueue.add(this.#draw);
		} else {
			this.#draw();
		}
	}

	readonly #draw = (): void => {
		this.#stream ??= this.#start();
		if (this.isComplete) {
			this.#stream.end(this.text);
			this.#hasEnded = true;
		} else if (this.text.length > this.#shown.length) {
			this.#stream.append(this.text.slice(this.#shown.length));
		}
		this.#shown = this.text;
	};

	#start(): MarkdownStream | PlainTextStream {
		const host = document.createElement("div");
		host.className = this.markdown ? "markdown" : "plain-text";
		if (!this.markdown) {
			host.dir = "auto";
		}
		this.replaceChildren(host);
		return this.markdown ? new MarkdownStream(host) : new PlainTextStream(host);
	}

	#drop(): void {
		this.#stream?.dispose();
		this.#stream = undefined;
		this.#shown = "";
		this.#hasEnded = false;
		this.replaceChildren();
	}
}
