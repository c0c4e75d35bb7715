import { pairEmphasis } from "./emphasisPairs";
import { formulasIn } from "../formula/formulaSource";

/** A construct that begins in a line and reads differently once its end arrives. */
interface InlineConstruct {
	/** The number of UTF-16 units after which its end is no longer expected. */
	readonly patience: number;
	/** Returns where it ends; `Infinity` if it has not ended yet; `undefined` if none begins at `at`. */
	readonly end: (text: string, at: number) => number | undefined;
}

const constructs: readonly InlineConstruct[] = [
	{ patience: 2, end: endOfEscape },
	{ patience: 100, end: endOfCode },
	{ patience: 300, end: endOfLink },
	{ patience: 200, end: endOfTag },
	{ patience: 32, end: endOfEntity },
];

/** The number of UTF-16 units in which an end is searched: more than any patience. */
const longest = 1000;

/** The patience for emphasis, by the length of its mark. */
const emphasisPatience = { one: 60, two: 100 };

/**
 * Returns where the part of a partial line begins that may read differently with its next characters: a link without
 * its address, a code span or emphasis without its end, or a mark that may become longer. Returns the line's length if
 * there is none.
 */
export function undecidedInline(text: string): number {
	// An unfinished formula shows as its source, whatever it contains.
	const formulas = new Map(formulasIn(text, true).map(({ start, end }) => [start, end]));
	let masked = "";
	let at = 0;
	while (at < text.length) {
		const end = formulas.get(at) ?? endOfConstruct(text, at);
		if (end === Infinity) {
			break;
		}
		// A construct hides a delimiter from the emphasis around it only by replacing it.
		masked += end === undefined ? text.charAt(at) : "a".repeat(end - at);
		at = end ?? at + 1;
	}
	const decided = masked.replace(/[*_~]+$|!$/, "");
	return firstUnpaired(decided, text.length) ?? decided.length;
}

function endOfConstruct(text: string, at: number): number | undefined {
	for (const { patience, end } of constructs) {
		const found = end(text, at);
		if (found !== undefined && (found !== Infinity || text.length - at <= patience)) {
			return found;
		}
	}
	return undefined;
}

function firstUnpaired(text: string, length: number): number | undefined {
	return pairEmphasis(text).unpaired.find((start) => {
		const isLong = text.charAt(start) === text.charAt(start + 1);
		return length - start <= (isLong ? emphasisPatience.two : emphasisPatience.one);
	});
}

function endOfEscape(text: string, at: number): number | undefined {
	if (text.charAt(at) !== "\\") {
		return undefined;
	}
	return at + 1 === text.length ? Infinity : at + 2;
}

function endOfCode(text: string, at: number): number | undefined {
	const fence = runAt(text, at, "`");
	if (fence === "" || text.charAt(at - 1) === "`") {
		return undefined;
	}
	for (let end = at + fence.length; end < text.length && end - at < longest; end += 1) {
		const run = runAt(text, end, "`");
		if (run.length === fence.length && end + run.length < text.length) {
			return end + run.length;
		}
		end += run.length;
	}
	return Infinity;
}

function runAt(text: string, at: number, mark: string): string {
	let end = at;
	while (text.charAt(end) === mark) {
		end += 1;
	}
	return text.slice(at, end);
}

/** Also for an image, and for text that only begins like a link. */
function endOfLink(text: string, at: number): number | undefined {
	if (text.charAt(at) !== "[") {
		return undefined;
	}
	const label = closing(text, at, "[", "]");
	const next = text.charAt(label);
	if (label === Infinity || next === "") {
		return Infinity;
	}
	return next === "(" || next === "["
		? closing(text, label, next, next === "(" ? ")" : "]")
		: at + 1;
}

/** Returns the offset after the bracket that closes the one at `at`. */
function closing(text: string, at: number, open: string, close: string): number {
	let depth = 0;
	for (let index = at; index < text.length && index - at < longest; index += 1) {
		const character = text.charAt(index);
		depth += character === open ? 1 : character === close ? -1 : 0;
		index += character === "\\" ? 1 : 0;
		if (depth === 0) {
			return index + 1;
		}
	}
	return Infinity;
}

function endOfTag(text: string, at: number): number | undefined {
	const tag = text.charAt(at) === "<" ? /^<(?:[a-z/!?][^<>]*)?(?:>|$)/i.exec(text.slice(at)) : null;
	if (!tag) {
		return undefined;
	}
	return tag[0].endsWith(">") ? at + tag[0].length : Infinity;
}

function endOfEntity(text: string, at: number): number | undefined {
	return text.charAt(at) === "&" && /^&#?\w*$/.test(text.slice(at, at + 40)) ? Infinity : undefined;
}
