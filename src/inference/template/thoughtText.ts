/** The result of adding a piece of text. */
export interface ThoughtEnd {
	readonly thought: string;
	/** The text after the thought, if the thought ended. */
	readonly reply?: string;
}

/**
 * The text of one thought, without surrounding white space.
 *
 * If letters end the thought, the first closing mark ends it unless the mark is quoted. A mark counts as quoted in a
 * code block, in quotation marks or brackets, and in the middle of a sentence that continues with a lower-case letter.
 */
export class ThoughtText {
	readonly #close: string | undefined;
	#written = "";
	#held = "";
	#searchFrom = 0;

	/**
	 * @param close the letters that end the thought; `undefined` if a token does
	 * @param begun the text of the thought so far
	 */
	constructor(close: string | undefined, begun: string) {
		this.#close = close;
		this.#written = begun;
	}

	push(text: string): ThoughtEnd {
		this.#held += text;
		return this.#take(false);
	}

	end(): ThoughtEnd {
		return this.#take(true);
	}

	#take(isEnd: boolean): ThoughtEnd {
		const close = this.#close;
		for (;;) {
			const at = close === undefined ? -1 : this.#held.indexOf(close, this.#searchFrom);
			if (close === undefined || at < 0) {
				break;
			}
			const behind = this.#held.slice(at + close.length);
			if (behind.length < 2 && !isEnd) {
				return { thought: this.#release(at) };
			}
			if (!isSpokenOf(this.#written + this.#held.slice(0, at), behind)) {
				const thought = this.#release(at).trimEnd();
				return { thought, reply: behind };
			}
			this.#searchFrom = at + close.length;
		}
		const kept = isEnd || close === undefined ? this.#held.length : beginningAt(this.#held, close);
		return { thought: this.#release(Math.max(kept, this.#searchFrom)) };
	}

	/** Releases the text before `end`, except white space that may turn out to be trailing. */
	#release(end: number): string {
		const text = this.#held.slice(0, end);
		const whole = this.#written === "" ? text.trimStart() : text;
		const released = whole.trimEnd();
		const taken = this.#written === "" && released === "" ? end : text.trimEnd().length;
		this.#held = this.#held.slice(taken);
		this.#searchFrom = Math.max(0, this.#searchFrom - taken);
		this.#written += released;
		return released;
	}
}

/** Returns the index at which the end of `text` may begin `mark`; the length of `text` if it does not. */
function beginningAt(text: string, mark: string): number {
	for (let length = Math.min(text.length, mark.length - 1); length > 0; length -= 1) {
		if (mark.startsWith(text.slice(-length))) {
			return text.length - length;
		}
	}
	return text.length;
}

function isSpokenOf(before: string, behind: string): boolean {
	const line = before.slice(before.lastIndexOf("\n") + 1);
	if (/[`"'“‘«([{]$/.test(line) || /^[`"'”’».,;:)\]}]/.test(behind)) {
		return true;
	}
	if (isInCodeBlock(before)) {
		return !behind.startsWith("\n\n");
	}
	return line.trim() !== "" && /\s$/.test(line) && /^ \p{Ll}/u.test(behind);
}

/** Returns whether a text ends inside a fenced code block. */
export function isInCodeBlock(text: string): boolean {
	return (text.match(/^\s*(?:```|~~~)/gm) ?? []).length % 2 === 1;
}
