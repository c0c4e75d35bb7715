import type { MessageEdit, UnsentText } from "../../protocol/chat/unsentText";
import { maxUnsentEdits, maxUnsentLength } from "../../protocol/text/textLimit";

/** How far what the host keeps may lie behind what is typed. */
const delayMs = 1000;

/** Tells the host what is typed, so that it outlives the window: at most a second late, and not at every key. */
export class UnsentReport {
	readonly #send: (unsent: UnsentText) => void;
	#unsent: UnsentText | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(send: (unsent: UnsentText) => void) {
		this.#send = send;
	}

	/** Something is being typed. */
	typed(unsent: UnsentText): void {
		this.#unsent = unsent;
		this.#timer ??= setTimeout(() => {
			this.flush();
		}, delayMs);
	}

	/** Something was sent, given up, or came back: that is told at once. */
	replaced(unsent: UnsentText): void {
		this.#unsent = unsent;
		this.flush();
	}

	/** Tells what was not told yet. What is too long to be kept is only with VS Code, as all of it is. */
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

/** @returns the edits that find room, those begun last before others. */
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
