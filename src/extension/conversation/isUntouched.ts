import type { Conversation } from "./conversation";

/** Returns whether a conversation has neither turns nor a title, and is as good as new. */
export function isUntouched(conversation: Conversation): boolean {
	return conversation.givenTitle === undefined && conversation.turns().next().done === true;
}
