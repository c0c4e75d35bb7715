import type { ChatList, ChatSummary } from "../../../src/extension/conversation/chatLibrary";

/** Returns a chat as lists show it. */
export function summaryOf(id: string, of: Partial<ChatSummary> = {}): ChatSummary {
	return {
		id,
		title: `Chat ${id}`,
		createdAtMs: 0,
		updatedAtMs: 0,
		folder: "project",
		pinned: false,
		fileBytes: 1_000,
		deletedAtMs: undefined,
		...of,
	};
}

/** Returns the list that a library publishes for these chats. */
export function listOf(chats: readonly ChatSummary[], of: Partial<ChatList> = {}): ChatList {
	return {
		chats,
		deleted: [],
		totalBytes: chats.reduce((sum, { fileBytes }) => sum + fileBytes, 0),
		freeBytes: 72_000_000_000,
		unreadable: [],
		reasons: new Map(),
		...of,
	};
}
