import type { PromptMessages, Message } from "../../protocol/inference/inference";

/** The unfinished word or, in a language without spaces, as many characters as a token could span. */
const unfinishedWord = /\S{1,16}$/u;

/** Two continuations without a common first character, so that they share no token. */
const otherWords = ["a", "1"];

/**
 * Returns the part of a prompt that does not change while its last message is being typed: the tokens before the
 * unfinished word, without the white space before it, which many tokenizers include in the word's token, and without
 * the template's text after the message.
 *
 * @param messages the last one as typed so far
 * @param tokensOf tokenizes a whole prompt, including all that the template adds
 */
export function stableStart<Token>(
	messages: PromptMessages,
	tokensOf: (messages: PromptMessages) => readonly Token[],
): readonly Token[] {
	const last = messages.at(-1);
	if (!last) {
		return [];
	}
	const finished = last.text.trimEnd().replace(unfinishedWord, "");
	const endings: Message[] = [
		last,
		...otherWords.map((word) => ({ ...last, text: finished + word })),
	];
	return endings
		.map((ending) => tokensOf([...messages.slice(0, -1), ending]))
		.reduce((start, tokens) => start.slice(0, commonLength(start, tokens)));
}

function commonLength<Token>(a: readonly Token[], b: readonly Token[]): number {
	const different = a.findIndex((token, index) => token !== b[index]);
	return different < 0 ? a.length : different;
}
