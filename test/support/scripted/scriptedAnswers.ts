import { answerBeginning } from "../../../src/inference/answerBeginning";
import type { TextChannel } from "../../../src/protocol/chat/chatEvent";
import type { PromptMessages } from "../../../src/protocol/inference/inference";

/** One token of a scripted answer. */
export interface ScriptedToken {
	readonly channel: TextChannel;
	readonly text: string;
	/** Delay before the token, in milliseconds. */
	readonly afterMs: number;
}

/** Returns the user's last message. */
export function questionOf(messages: PromptMessages): string {
	return messages.findLast(({ role }) => role === "user")?.text ?? "";
}

/** Returns what the scripted engine and the fake language model add to a conversation: the answer, or the rest of it. */
export function scriptedRest(messages: PromptMessages): readonly ScriptedToken[] {
	const { thought = "", text: reply = "" } = answerBeginning(messages) ?? {};
	const left = { thought: reply === "" ? thought.length : Infinity, reply: reply.length };
	return scriptedAnswer(questionOf(messages)).flatMap(({ channel, text, afterMs }) => {
		const skipped = Math.min(left[channel], text.length);
		left[channel] -= skipped;
		return skipped < text.length ? [{ channel, text: text.slice(skipped), afterMs }] : [];
	});
}

/** Returns the answer to a question, which depends on nothing else. */
function scriptedAnswer(prompt: string): readonly ScriptedToken[] {
	switch (prompt) {
		/** Long, and slow enough to be stopped. */
		case "slow":
			return words("reply", "word ".repeat(400), 10);
		case "think":
			return [
				...words("thought", "The user wants thoughts.", 1),
				...words("reply", "Here they were.", 1),
			];
		/** Thinks long enough for the thought to be ended early. */
		case "ponder":
			return [...words("thought", "hmm ".repeat(400), 10), ...words("reply", "So be it.", 1)];
		default:
			return words("reply", `You said: ${prompt}`, 1);
	}
}

/** Returns the number of words in a conversation. Scripted models count words as tokens. */
export function countWords(messages: readonly { readonly text: string }[]): number {
	return messages.reduce((sum, { text }) => sum + (text.match(/\S+/g) ?? []).length, 0);
}

function words(channel: TextChannel, text: string, afterMs: number): ScriptedToken[] {
	return (text.match(/\S+\s*/g) ?? []).map((word) => ({ channel, text: word, afterMs }));
}
