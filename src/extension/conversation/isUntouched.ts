import type { Conversation } from "./conversation";

/** @returns whether there is nothing in a conversation, and nobody named it: it is as good as a new one. */
export function isUntouched(conversation: Conversation): boolean {
	return conversation.givenTitle === undefined && conversation.turns().next().done === true;
}
