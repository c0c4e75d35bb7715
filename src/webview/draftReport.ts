import type { KeptDraft } from "../protocol/keptDraft";
import { maxKeptDraftLength } from "../protocol/textLimit";

/** How far what the host keeps may lie behind what is typed. */
const delayMs = 1000;

/** Tells the host what is typed, so that it outlives the window: at most a second late, and not at every key. */
export class DraftReport {
	readonly #send: (draft: KeptDraft) => void;
	#draft: KeptDraft | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(send: (draft: KeptDraft) => void) {
		this.#send = send;
	}

	/** The draft is being typed. */
	typed(draft: KeptDraft): void {
		this.#draft = draft;
		this.#timer ??= setTimeout(() => {
			this.flush();
		}, delayMs);
	}

	/** The draft was sent, or came back: that is told at once. */
	replaced(draft: KeptDraft): void {
		this.#draft = draft;
		this.flush();
	}

	/** Tells what was not told yet. A draft that is too long to be kept is only with VS Code, as every draft is. */
	flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const draft = this.#draft;
		this.#draft = undefined;
		if (draft && draft.text.length <= maxKeptDraftLength) {
			this.#send(draft);
		}
	}
}
