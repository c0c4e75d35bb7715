import { maxTextLength } from "../../protocol/text/textLimit";

/** The shortest time between two reports, in milliseconds. The token count must be on screen within 100 ms. */
const intervalMs = 50;

/**
 * Sends the draft to the host while it is being typed, so that the host counts its tokens and preloads the prompt.
 *
 * `UnsentReport` sends the draft, too, but to save it. One reporter cannot do both: a count needs the draft within 50 ms,
 * every saved text is a write of the window's state with all edits, and only saved texts have a revision.
 */
export class DraftReport {
	readonly #send: (draft: string) => void;
	#draft = "";
	#sent = "";
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(send: (draft: string) => void) {
		this.#send = send;
	}

	/** Reports a new draft, at once or after the interval. A draft that is too long to send is not reported. */
	changed(draft: string): void {
		this.#draft = draft;
		if (this.#timer === undefined) {
			this.#tell();
		}
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	#tell(): void {
		if (this.#draft !== this.#sent && this.#draft.length <= maxTextLength) {
			this.#sent = this.#draft;
			this.#send(this.#draft);
			this.#timer = setTimeout(() => {
				this.#timer = undefined;
				this.#tell();
			}, intervalMs);
		}
	}
}
