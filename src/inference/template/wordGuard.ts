/**
 * Keeps text of people and models from being read as a template's own marks. Inserts a break, a character that occurs
 * nowhere in the conversation, into every mark in the text. Templates preserve it, so in a rendered prompt only the
 * template's own marks are intact. The tokenizer removes the breaks.
 */
export class WordGuard {
	readonly breakMark: string;
	readonly #marks: MarkSet;

	/**
	 * @param marks must not be blank
	 * @param words all texts that may be part of the prompt
	 */
	constructor(marks: MarkSet, words: readonly string[]) {
		const unused = unusedCharacter([...words, ...marks.all]);
		// If the text and the marks use all candidates, marks that contain the chosen one are not guarded.
		const breakMark = unused ?? noncharacters[0] ?? "";
		this.breakMark = breakMark;
		// A break inside such a mark could form another mark, and a break inside that one the first again.
		this.#marks =
			unused === undefined
				? new MarkSet(marks.all.filter((mark) => !mark.includes(breakMark)))
				: marks;
	}

	guard(words: string): string {
		const { any, beginnings, ends } = this.#marks;
		let guarded = words;
		// A break can leave an overlapping mark intact.
		while (guarded.search(any) >= 0) {
			guarded = guarded.replace(any, (mark) => this.#broken(mark));
		}
		// The ends of a text could form a mark with the template's text beside them.
		const before = someLength((length) => ends.has(words.slice(0, length))) ? this.breakMark : "";
		const after = someLength((length) => beginnings.has(words.slice(-length)))
			? this.breakMark
			: "";
		return before + guarded + after;
	}

	/** Inserts a break before the first letter, where most vocabularies split words. */
	#broken(mark: string): string {
		const letter = mark.slice(1).search(/[\p{L}\p{N}]/u);
		const [first = ""] = Array.from(mark);
		const at = letter < 0 ? first.length : letter + 1;
		return mark.slice(0, at) + this.breakMark + mark.slice(at);
	}
}

/** No known special token is longer. */
const mostEdgeLength = 48;

/** The marks of a template and a vocabulary, prepared once for many conversations. */
export class MarkSet {
	/** Longest first. */
	readonly all: readonly string[];
	/** Global, for use with `replace`. */
	readonly any: RegExp;
	/** All proper, non-blank prefixes of marks; `ends` has the suffixes. */
	readonly beginnings: ReadonlySet<string>;
	readonly ends: ReadonlySet<string>;

	constructor(marks: Iterable<string>) {
		const ordered = [...new Set(marks)]
			// A single character cannot be broken.
			.filter((mark) => Array.from(mark.trim()).length > 1)
			.sort((a, b) => b.length - a.length);
		this.all = ordered;
		const escaped = ordered.map((mark) => mark.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
		// Matches nothing if there are no marks.
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

/** Noncharacters, which Unicode reserves for the internal use of programs. */
const noncharacters = Array.from({ length: 32 }, (_, index) =>
	String.fromCodePoint(0xfdd0 + index),
);

function unusedCharacter(texts: readonly string[]): string | undefined {
	return noncharacters.find((character) => !texts.some((text) => text.includes(character)));
}
