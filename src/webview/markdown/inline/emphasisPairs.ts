import { type DelimiterRun, delimiterRuns } from "./delimiterRuns";
import { isLetterOrDigit, isTextWithoutSpaces } from "./scripts";

/** A matching opener and closer, as offsets in the text. */
export interface EmphasisPair {
	readonly type: "em" | "strong" | "del";
	readonly start: number;
	readonly end: number;
	/** The number of characters of the mark on each side. */
	readonly markLength: 1 | 2;
}

/** A run, and the part of it that no pair has used. */
interface OpenRun extends DelimiterRun {
	left: number;
	from: number;
}

/** The result of `pairEmphasis`. */
export interface Emphasis {
	/** By the offset where each begins. */
	readonly pairs: ReadonlyMap<number, EmphasisPair>;
	/** The offsets of marks that could still open a pair if more text follows. */
	readonly unpaired: readonly number[];
}

/**
 * Pairs delimiters by the algorithm in CommonMark's appendix, in a time bounded by the text's length.
 *
 * Marks that are clearly not emphasis are not paired: see `areOperators`.
 *
 * @param text with everything masked that has no delimiters, such as code
 */
export function pairEmphasis(text: string): Emphasis {
	const pairs = new Map<number, EmphasisPair>();
	const openers: OpenRun[] = [];
	/** The number of openers when none was found for a kind of closer; none of them fits the next one. */
	const bottoms = new Map<string, number>();
	for (const found of delimiterRuns(text)) {
		const run = { ...found, left: found.length, from: found.start };
		const kind = `${run.mark}${run.canOpen}${run.length % 3}`;
		while (run.canClose && run.left > 0) {
			const index = lastFitting(openers, run, bottoms.get(kind) ?? 0);
			const opener = openers[index];
			if (!opener) {
				bottoms.set(kind, openers.length);
				break;
			}
			openers.splice(index + 1);
			if (areOperators(text, opener, run)) {
				openers.pop();
				run.left = 0;
				break;
			}
			const pair = takePair(opener, run);
			pairs.set(pair.start, pair);
			if (opener.left === 0) {
				openers.pop();
			}
		}
		if (run.canOpen && run.left > 0) {
			openers.push(run);
		}
		shrinkBottoms(bottoms, openers.length);
	}
	return { pairs, unpaired: openers.map(({ from }) => from) };
}

function lastFitting(openers: readonly OpenRun[], closer: OpenRun, bottom: number): number {
	for (let index = openers.length - 1; index >= bottom; index -= 1) {
		const opener = openers[index];
		if (opener && fit(opener, closer)) {
			return index;
		}
	}
	return -1;
}

function fit(opener: OpenRun, closer: OpenRun): boolean {
	if (opener.mark !== closer.mark) {
		return false;
	}
	const isEither = opener.canClose || closer.canOpen;
	const isThird = (opener.length + closer.length) % 3 === 0 && closer.length % 3 !== 0;
	return !(isEither && isThird) || opener.mark === "~";
}

function takePair(opener: OpenRun, closer: OpenRun): EmphasisPair {
	const markLength = opener.left > 1 && closer.left > 1 ? 2 : 1;
	opener.left -= markLength;
	closer.left -= markLength;
	closer.from += markLength;
	return {
		type: opener.mark === "~" ? "del" : markLength === 2 ? "strong" : "em",
		start: opener.from + opener.left,
		end: closer.from,
		markLength,
	};
}

function shrinkBottoms(bottoms: Map<string, number>, openerCount: number): void {
	for (const [kind, bottom] of bottoms) {
		bottoms.set(kind, Math.min(bottom, openerCount));
	}
}

/** Names between double underscores that have a meaning in programs and that people write without quoting them. */
const programNames = new Set(
	(
		"all annotations author bases call class contains copy del dict dir dirname doc enter eq exit file filename " +
		"format ge get getattr getitem gt hash init iter le len line lt main module name ne new next post_init " +
		"proto repr set setattr setitem slots str version"
	).split(" "),
);

/** Whether two marks that would pair are clearly something else: `a*b + c*d`, `src/*.ts or lib/*.ts`, `__init__`. */
function areOperators(text: string, opener: OpenRun, closer: OpenRun): boolean {
	const content = text.slice(opener.start + opener.length, closer.start);
	if (opener.mark === "_") {
		return opener.length === 2 && closer.length === 2 && isProgramName(content, opener, closer);
	}
	if (opener.mark !== "*") {
		return false;
	}
	return (
		(isInWord(opener) && isInWord(closer) && isTerm(text, opener, closer)) ||
		(isWildcard(opener) && isWildcard(closer)) ||
		content === "."
	);
}

/**
 * Whether the text between two marks inside words is part of a formula rather than of a word. A text that is one
 * product and nothing else is emphasis, as in an example of CommonMark.
 */
function isTerm(text: string, opener: OpenRun, closer: OpenRun): boolean {
	const content = text.slice(opener.start + opener.length, closer.start);
	const isNumeric = /\d/.test(opener.after) && /\d/.test(closer.after);
	if (opener.length > 1 || closer.length > 1) {
		return isNumeric || /[-+/=<>^%]/.test(content);
	}
	const isProduct = isNumeric && /\d/.test(opener.before) && /^\d+$/.test(content);
	return (isProduct && !/^\d+\*\d+\*\d+$/.test(text)) || /[^\p{L}\p{N}*_]/u.test(content);
}

function isProgramName(content: string, { before }: OpenRun, { after }: OpenRun): boolean {
	return (
		/^\w+$/.test(content) &&
		(before === "." || after === "(" || programNames.has(content.toLowerCase()))
	);
}

function isWildcard({ before, after }: OpenRun): boolean {
	return before === "/" || before === "." || after === "/";
}

function isInWord({ before, after }: OpenRun): boolean {
	return [before, after].every(
		(character) => isLetterOrDigit(character) && !isTextWithoutSpaces(character),
	);
}
