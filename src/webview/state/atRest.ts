import { runningAnswer, type ChatState } from "../../protocol/chat/chat";

/** @returns whether the conversation can be changed from here: its turns, and which of them are shown. */
export function isAtRest(chat: ChatState): boolean {
	return chat.access.kind === "open" && !runningAnswer(chat);
}
