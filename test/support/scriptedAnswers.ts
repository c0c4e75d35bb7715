import type { TextChannel } from "../../src/protocol/chatEvent";

/** One token of a scripted answer. */
export interface ScriptedToken {
	readonly channel: TextChannel;
	readonly text: string;
	/** Milliseconds before it comes. */
	readonly afterMs: number;
}

/** What the scripted engine and the fake backend answer, decided by the last message alone. */
export function scriptedAnswer(prompt: string): readonly ScriptedToken[] {
	switch (prompt) {
		/** Long, and slow enough to be stopped. */
		case "slow":
			return words("reply", "word ".repeat(400), 10);
		case "think":
			return [
				...words("thought", "The user wants thoughts.", 1),
				...words("reply", "Here they were.", 1),
			];
		default:
			return words("reply", `You said: ${prompt}`, 1);
	}
}

/** @returns how many words a conversation has, which is how scripted models count tokens. */
export function countWords(messages: readonly { readonly text: string }[]): number {
	return messages.reduce((sum, { text }) => sum + (text.match(/\S+/g) ?? []).length, 0);
}

function words(channel: TextChannel, text: string, afterMs: number): ScriptedToken[] {
	return (text.match(/\S+\s*/g) ?? []).map((word) => ({ channel, text: word, afterMs }));
}
