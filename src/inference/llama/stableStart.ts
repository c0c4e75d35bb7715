import type { PromptMessages, Message } from "../../protocol/inference/inference";

/** The word that is being written, or as much of it as a token could span, where a language has no spaces. */
const unfinishedWord = /\S{1,16}$/u;

/** Two ways to go on that share no first character, so that no token of one is a token of the other. */
const otherWords = ["a", "1"];

/**
 * Finds what of a prompt stays as it is while its last message is being written: its tokens up to the word that is
 * unfinished, without the white space before it, which many tokenizers take into the word's token, and without what the
 * template puts behind the message.
 *
 * @param messages the last one as far as it is written
 * @param tokensOf of a whole prompt, with all that the template adds
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
