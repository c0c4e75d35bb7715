/** The longest formula that is drawn, in UTF-16 units. */
const longestFormula = 5000;

/** The opening delimiters, by how the formula is drawn and how it ends. A single `$` means money. */
const kinds = [
	{ opening: "\\(", closing: "\\)", isDisplay: false },
	{ opening: "\\[", closing: "\\]", isDisplay: true },
	{ opening: "$$", closing: "$$", isDisplay: true },
] as const;

type Kind = (typeof kinds)[number];

/** A formula in a text. */
export interface Formula {
	readonly start: number;
	/** The offset after the formula. */
	readonly end: number;
	/** TeX, without the delimiters; `undefined` until the end arrives. */
	readonly tex: string | undefined;
	/** Whether it is drawn large, on a separate line. */
	readonly isDisplay: boolean;
}

/**
 * Finds the formulas of a text in one pass, from left to right. A formula contains no blank line, and more than words
 * in brackets.
 *
 * @param isOpen whether more text may follow, in which a formula could end
 */
export function formulasIn(text: string, isOpen: boolean): readonly Formula[] {
	const formulas: Formula[] = [];
	const closings = new Map(kinds.map((kind) => [kind, new NextClosing(text, kind)]));
	const spans = new CodeSpans(text);
	const marks = /`+|\\[^]|\$\$/g;
	let from = 0;
	for (let match = marks.exec(text); match; match = marks.exec(text)) {
		const start = match.index;
		const [mark] = match;
		if (mark.startsWith("`")) {
			marks.lastIndex = spans.endOf(start, mark.length) ?? marks.lastIndex;
			continue;
		}
		const kind = kinds.find(({ opening }) => opening === mark);
		const end = kind && start >= from ? closings.get(kind)?.after(start + 2) : undefined;
		if (!kind || end === undefined) {
			continue;
		}
		const { isDisplay, opening } = kind;
		if (end < 0) {
			if (isOpen && end === notYet && text.length - start < longestFormula) {
				formulas.push({ start, end: text.length, tex: undefined, isDisplay });
				break;
			}
			continue;
		}
		const tex = text.slice(start + 2, end);
		const isMoney = opening === "$$" && /^\d/.test(text.charAt(end + 2));
		if (tex.length < longestFormula && !isMoney && isFormula(tex, opening)) {
			from = end + 2;
			marks.lastIndex = from;
			formulas.push({ start, end: from, tex, isDisplay });
		}
	}
	return formulas;
}

/** The code spans of a text, in which nothing is a formula. Must be asked from left to right. */
class CodeSpans {
	/** The offsets of runs of backticks, by length, upcoming ones last. */
	readonly #runs = new Map<number, number[]>();

	constructor(text: string) {
		for (const { 0: run, index } of text.matchAll(/`+/g)) {
			const places = this.#runs.get(run.length) ?? [];
			places.push(index);
			this.#runs.set(run.length, places);
		}
		for (const places of this.#runs.values()) {
			places.reverse();
		}
	}

	/** Returns where the code span ends that such a run begins; `undefined` if it begins none. */
	endOf(start: number, length: number): number | undefined {
		const places = this.#runs.get(length) ?? [];
		while ((places.at(-1) ?? Infinity) <= start) {
			places.pop();
		}
		const close = places.at(-1);
		return close === undefined ? undefined : close + length;
	}
}

/** There is no end before the next blank line, or before the end of the text. */
const none = -1;
const notYet = -2;

/** The closing delimiters of one kind. Must be asked from left to right, and looks at each place once. */
class NextClosing {
	readonly #text: string;
	readonly #closing: string;
	/** In TeX's `\\)`, the first two characters are a line break. */
	readonly #marks = /\\[^]|\$\$|\n[ \t]*(?=\n)/g;
	#at: number | undefined;
	#isBlank = false;
	#isAtEnd = false;

	constructor(text: string, { closing }: Kind) {
		this.#text = text;
		this.#closing = closing;
	}

	/** Returns where the first one at or after `place` begins, `none`, or `notYet`. */
	after(place: number): number {
		while (!this.#isAtEnd && (this.#at === undefined || this.#at < place)) {
			if (this.#marks.lastIndex < place) {
				this.#marks.lastIndex = place;
			}
			const match = this.#marks.exec(this.#text);
			this.#isAtEnd = !match;
			this.#isBlank = match?.[0].startsWith("\n") ?? false;
			if (match && (this.#isBlank || match[0] === this.#closing)) {
				this.#at = match.index;
			}
		}
		if (this.#isAtEnd || this.#at === undefined) {
			return notYet;
		}
		return this.#isBlank ? none : this.#at;
	}
}

/** Characters that also occur in brackets with words, between two words. */
const weakSigns = /(?<!\p{L}{2})[-/](?=\s*[\p{L}\p{N}(\\])(?!\p{L}{2})|(?<!\p{L}{2})!/u;

/**
 * Distinguishes a formula from escaped brackets in Markdown, such as `\[1\]` or `\(see-also\)`, from two shell process
 * ids (`$$ and $$`), and from money.
 */
function isFormula(tex: string, opening: string): boolean {
	if (!/[\p{L}\p{N}]/u.test(tex)) {
		return false;
	}
	if (/[\\^_={}+*<>|&]/.test(tex) || weakSigns.test(tex)) {
		return true;
	}
	const words = tex.trim();
	return opening === "\\("
		? !/\p{Ll}{4,}|\p{L}{2}[-/]\p{L}{2}/u.test(words)
		: /^\p{L}(?:\s*\([^)]*\))?$|^\p{Lu}+$/u.test(words);
}
