import { runningAnswer, type ChatState } from "../../protocol/chat/chat";

/** Returns whether the turns of the conversation, and the shown versions, can be changed from here. */
export function isAtRest(chat: ChatState): boolean {
	return chat.access.kind === "open" && !runningAnswer(chat);
}
