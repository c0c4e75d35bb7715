/** The message that asks for the title, after the conversation. */
export const titleRequest =
	"Write a title for this conversation, of at most six words. Answer with the title alone.";

/** The longest title, in tokens: a little more than six words in any language. */
export const titleTokens = 24;

/** The shortest and longest title, in UTF-16 units. */
const shortest = 3;
const longest = 60;

/** Characters and words that models put around a title. */
const decoration = /^(?:[\s"'“”„‘’«»`*_#>-]|title:)+|[\s"'“”„‘’«»`*_.,;:!。！，]+$/giu;

/**
 * Returns the title in a complete answer of the model; `undefined` if it is not a title. Small models often just repeat
 * an earlier answer or the request.
 *
 * @param answers the earlier answers of the same conversation
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
