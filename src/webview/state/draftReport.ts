import { maxTextLength } from "../../protocol/text/textLimit";

/** How often the host hears of a draft at most: it counts it, and what is counted shall be on screen within 100 ms. */
const intervalMs = 50;

/** Tells the host what lies in the composer while it is typed, at once and then at intervals. */
export class DraftReport {
	readonly #send: (draft: string) => void;
	#draft = "";
	#sent = "";
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(send: (draft: string) => void) {
		this.#send = send;
	}

	/** What lies in the composer now. What is too long to be sent is not told. */
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
