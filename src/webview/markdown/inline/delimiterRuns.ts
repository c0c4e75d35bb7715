import { characterAt, characterBefore, isPunctuation, isTextWithoutSpaces } from "./scripts";

/** One or more equal characters that may begin or end emphasis, strong emphasis or strikethrough. */
export interface DelimiterRun {
	readonly mark: "*" | "_" | "~";
	/** The number of characters in the whole run. */
	readonly start: number;
	readonly length: number;
	/** The characters on both sides; "" at the ends of the text. */
	readonly before: string;
	readonly after: string;
	readonly canOpen: boolean;
	readonly canClose: boolean;
}

/**
 * Finds the delimiter runs by the rules of CommonMark 0.31, with an amendment for text without spaces between words:
 * there, a mark may be between punctuation and a letter, as in `**注意：**正文`. Only two tildes strike through.
 */
export function delimiterRuns(text: string): DelimiterRun[] {
	return [...text.matchAll(/\*+|_+|~+/g)]
		.filter(([run]) => !run.startsWith("~") || run.length === 2)
		.filter(({ 0: run, index }) => !isPower(run, text, index))
		.map(({ 0: run, index }) => describeRun(text, run, index));
}

/** Whether a run is the operator of `2**10`. */
function isPower(run: string, text: string, index: number): boolean {
	return run === "**" && /\d/.test(text.charAt(index - 1)) && /\d/.test(text.charAt(index + 2));
}

function describeRun(text: string, run: string, start: number): DelimiterRun {
	const mark = run.charAt(0) as DelimiterRun["mark"];
	const before = characterBefore(text, start);
	const after = characterAt(text, start + run.length);
	const unspaced = isTextWithoutSpaces(before) || isTextWithoutSpaces(after);
	const opens = flanks(mark, after, before, unspaced);
	const closes = flanks(mark, before, after, unspaced);
	const inWord = mark === "_" && opens && closes;
	return {
		mark,
		start,
		length: run.length,
		before,
		after,
		canOpen: inWord ? isPunctuation(before) : opens,
		canClose: inWord ? isPunctuation(after) : closes,
	};
}

/** Whether a run is attached to the text on its `inner` side. */
function flanks(mark: string, inner: string, outer: string, unspaced: boolean): boolean {
	if (isSpace(inner)) {
		return false;
	}
	return !stopsAt(mark, inner) || isSpace(outer) || stopsAt(mark, outer) || unspaced;
}

function isSpace(character: string): boolean {
	return character === "" || /\s/.test(character);
}

/** Whether a character is punctuation to a run. Strikethrough may begin and end inside of emphasis. */
function stopsAt(mark: string, character: string): boolean {
	return (
		isPunctuation(character) &&
		!isTextWithoutSpaces(character) &&
		!(character === "~" && mark !== "~")
	);
}
