import type { MessageEdit, UnsentText } from "../../protocol/chat/unsentText";
import { maxUnsentEdits, maxUnsentLength } from "../../protocol/text/textLimit";

/** The longest delay between typing and saving, in milliseconds. */
const delayMs = 1000;

/**
 * Sends the draft and the edits to the host, which saves them beyond the window's end: at most once a second while the
 * user types.
 *
 * `DraftReport` sends the draft, too, but every 50 ms, to count its tokens. See there why these are two.
 */
export class UnsentReport {
	readonly #send: (unsent: UnsentText) => void;
	#unsent: UnsentText | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(send: (unsent: UnsentText) => void) {
		this.#send = send;
	}

	/** Reports typed text, within a second. */
	typed(unsent: UnsentText): void {
		this.#unsent = unsent;
		this.#timer ??= setTimeout(() => {
			this.flush();
		}, delayMs);
	}

	/** Reports text at once, because it was sent, discarded, or restored. */
	replaced(unsent: UnsentText): void {
		this.#unsent = unsent;
		this.flush();
	}

	/** Sends the unreported text, if any. VS Code alone keeps a draft that is longer than the host saves. */
	flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const unsent = this.#unsent;
		this.#unsent = undefined;
		if (unsent && unsent.draft.length <= maxUnsentLength) {
			this.#send({ ...unsent, edits: editsWithin(maxUnsentLength - unsent.draft.length, unsent) });
		}
	}
}

/** Returns the edits that fit, preferring the latest ones. */
function editsWithin(length: number, { edits }: UnsentText): readonly MessageEdit[] {
	const fitting: MessageEdit[] = [];
	let left = length;
	for (const edit of edits.toReversed()) {
		if (edit.text.length <= left && fitting.length < maxUnsentEdits) {
			fitting.unshift(edit);
			left -= edit.text.length;
		}
	}
	return fitting;
}
