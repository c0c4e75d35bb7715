import type { ChatSummary } from "../conversation/chatLibrary";
import type { Conversation } from "../conversation/conversation";
import { shortened, titleOf } from "../conversation/title";

/** The part of a summary that comes from the content of the chat. */
export type SummarizedContent = Omit<ChatSummary, "id" | "fileBytes" | "deletedAtMs">;

export function summarize(conversation: Conversation): SummarizedContent {
	const { createdAtMs, folder } = conversation.header;
	let updatedAtMs = createdAtMs;
	// The latest of all times, not the time of the last turn, because clocks can go backwards.
	for (const { turn } of conversation.turns()) {
		const timeMs = turn.role === "user" ? turn.sentAtMs : turn.startedAtMs;
		updatedAtMs = Math.max(updatedAtMs, timeMs);
	}
	return {
		title: titleOf(conversation),
		createdAtMs,
		updatedAtMs,
		folder: folder === null ? null : shortened(folder),
		pinned: conversation.pinned,
	};
}
