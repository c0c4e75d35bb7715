/** Shows growing text as it is, white space kept; stands where `MarkdownStream` does when Markdown is off. */
export class PlainTextStream {
	readonly #text = document.createTextNode("");

	/** @param host an empty element, owned by the stream from now on */
	constructor(host: HTMLElement) {
		host.append(this.#text);
	}

	append(text: string): void {
		this.#text.appendData(text);
	}

	/** @param text all of it, from the beginning */
	end(text: string): void {
		this.append(text.slice(this.#text.length));
	}

	dispose(): void {
		this.#text.remove();
	}
}
