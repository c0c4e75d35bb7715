/** What the model is asked for behind the conversation. */
export const titleRequest =
	"Write a title for this conversation, of at most six words. Answer with the title alone.";

/** Tokens that a title may have: six words, in any language, and a little more. */
export const titleTokens = 24;

/** Characters of a title. */
const shortest = 3;
const longest = 60;

/** What models put around a title, or behind it. */
const decoration = /^(?:[\s"'“”„‘’«»`*_#>-]|title:)+|[\s"'“”„‘’«»`*_.,;:!。！，]+$/giu;

/**
 * @param said what the model said, to its own end
 * @param answers of the same conversation
 * @returns the title in it; `undefined` where it is none, as a small model often just repeats itself.
 */
export function titleIn(said: string, answers: readonly string[]): string | undefined {
	const title = said.trim().replace(decoration, "").replace(/\s+/gu, " ");
	const isOneLine = !/[\n\r\u2028\u2029]/u.test(said.trim());
	return isOneLine &&
		title.length >= shortest &&
		title.length <= longest &&
		!answers.some((answer) => beginAlike(title, answer)) &&
		!repeatsRequest(title)
		? title
		: undefined;
}

function beginAlike(title: string, answer: string): boolean {
	const [a, b] = [wordsOf(title).join(""), wordsOf(answer).join("")];
	return a !== "" && b !== "" && (a.startsWith(b) || b.startsWith(a));
}

function repeatsRequest(title: string): boolean {
	const asked = new Set(wordsOf(titleRequest));
	const words = wordsOf(title);
	const repeated = words.filter((word) => asked.has(word)).length;
	return words.includes("title") && repeated > words.length / 2;
}

function wordsOf(text: string): readonly string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
