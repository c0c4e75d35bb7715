/** Shows growing text as plain text, and keeps its white space. Replaces `MarkdownStream` when Markdown is off. */
export class PlainTextStream {
	readonly #text = document.createTextNode("");

	/** @param host an empty element that the stream owns */
	constructor(host: HTMLElement) {
		host.append(this.#text);
	}

	append(text: string): void {
		this.#text.appendData(text);
	}

	/** @param text the whole text */
	end(text: string): void {
		this.append(text.slice(this.#text.length));
	}

	dispose(): void {
		this.#text.remove();
	}
}
