/**
 * Keeps what people and models write from being taken for a template's own marks: a break, a character that is in no
 * word of the conversation, goes into every mark that stands in a word. Templates pass it on, so that in a rendered
 * prompt only the template's own marks are whole. Whoever puts the prompt into tokens takes the breaks out.
 */
export class WordGuard {
	readonly breakMark: string;
	readonly #marks: MarkSet;

	/**
	 * @param marks must not be blank
	 * @param words all that may stand in the prompt
	 */
	constructor(marks: MarkSet, words: readonly string[]) {
		const unused = unusedCharacter([...words, ...marks.all]);
		// Words and marks that hold all of them lose one kind, no more.
		const breakMark = unused ?? noncharacters[0] ?? "";
		this.breakMark = breakMark;
		// A break within such a mark could make another, and that one the first again.
		this.#marks =
			unused === undefined
				? new MarkSet(marks.all.filter((mark) => !mark.includes(breakMark)))
				: marks;
	}

	guard(words: string): string {
		const { any, beginnings, ends } = this.#marks;
		let guarded = words;
		// A break can leave a mark whole that overlaps with the one that it is in.
		while (guarded.search(any) >= 0) {
			guarded = guarded.replace(any, (mark) => this.#broken(mark));
		}
		// What stands beside words in a template could make a mark of their ends.
		const before = someLength((length) => ends.has(words.slice(0, length))) ? this.breakMark : "";
		const after = someLength((length) => beginnings.has(words.slice(-length)))
			? this.breakMark
			: "";
		return before + guarded + after;
	}

	/** Breaks before the first letter, as most vocabularies divide words. */
	#broken(mark: string): string {
		const letter = mark.slice(1).search(/[\p{L}\p{N}]/u);
		const [first = ""] = Array.from(mark);
		const at = letter < 0 ? first.length : letter + 1;
		return mark.slice(0, at) + this.breakMark + mark.slice(at);
	}
}

/** No special token that is known is longer. */
const mostEdgeLength = 48;

/** The marks of a template and of a vocabulary, prepared once for many conversations. */
export class MarkSet {
	/** Longest first. */
	readonly all: readonly string[];
	/** Global: it is for `replace`. */
	readonly any: RegExp;
	/** Of each mark all that begins it, and all that ends it, but the whole and what is blank. */
	readonly beginnings: ReadonlySet<string>;
	readonly ends: ReadonlySet<string>;

	constructor(marks: Iterable<string>) {
		const ordered = [...new Set(marks)]
			// One character cannot be broken.
			.filter((mark) => Array.from(mark.trim()).length > 1)
			.sort((a, b) => b.length - a.length);
		this.all = ordered;
		const escaped = ordered.map((mark) => mark.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
		// Without marks it matches nothing.
		this.any = new RegExp(escaped.length > 0 ? escaped.join("|") : "(?!)", "gu");
		const parts = (of: (mark: string, length: number) => string): ReadonlySet<string> =>
			new Set(
				ordered
					.flatMap((mark) =>
						Array.from({ length: mark.length - 1 }, (_, index) => of(mark, index + 1)),
					)
					.filter((part) => part.trim() !== ""),
			);
		this.beginnings = parts((mark, length) => mark.slice(0, length));
		this.ends = parts((mark, length) => mark.slice(-length));
	}
}

function someLength(holds: (length: number) => boolean): boolean {
	for (let length = 1; length < mostEdgeLength; length += 1) {
		if (holds(length)) {
			return true;
		}
	}
	return false;
}

/** Noncharacters: Unicode leaves them to programs, for their own use. */
const noncharacters = Array.from({ length: 32 }, (_, index) =>
	String.fromCodePoint(0xfdd0 + index),
);

function unusedCharacter(texts: readonly string[]): string | undefined {
	return noncharacters.find((character) => !texts.some((text) => text.includes(character)));
}
