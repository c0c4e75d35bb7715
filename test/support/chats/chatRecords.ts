import type { ChatRecord } from "../../../src/extension/conversation/chatRecord";
import type { Conversation } from "../../../src/extension/conversation/conversation";
import { compactedRecords } from "../../../src/extension/storage/journal/compaction";

export function message(
	id: string,
	text: string,
	parentId: string | null = null,
	sentAtMs = 1000,
): ChatRecord {
	return {
		type: "turn",
		parentId,
		turn: { role: "user", id, sentAtMs, text, attachments: [] },
	};
}

/** An answer that has not started. */
export function answer(id: string, parentId: string | null, startedAtMs = 1000): ChatRecord {
	const empty = { thought: "", thoughtDurationMs: null, reply: "", outcome: null };
	return { type: "turn", parentId, turn: { role: "assistant", id, startedAtMs, ...empty } };
}

export function reply(turnId: string, offset: number, text: string): ChatRecord {
	return { type: "text", turnId, channel: "reply", offset, text };
}

export function ended(turnId: string): ChatRecord {
	return { type: "ended", turnId, outcome: { kind: "stopped", stats: undefined } };
}

export function title(text: string): ChatRecord {
	return { type: "title", text, by: "user" };
}

/** Returns everything that a conversation consists of, for comparison: its tree, the visible path, and its properties. */
export function contentOf(conversation: Conversation): unknown {
	const { createdAtMs, folder } = conversation.header;
	return JSON.parse(JSON.stringify([{ createdAtMs, folder }, ...compactedRecords(conversation)]));
}
