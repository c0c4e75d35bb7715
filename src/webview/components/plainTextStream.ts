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

	/** Plain text is final as it comes. */
	end(): void {
		this.#text.normalize();
	}

	dispose(): void {
		this.#text.remove();
	}
}
