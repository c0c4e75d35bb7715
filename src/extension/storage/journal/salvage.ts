import type { ChatRecord } from "../../conversation/chatRecord";
import type { Conversation } from "../../conversation/conversation";

/** Lost characters of a file that are made up for; a gap beyond that is damage, too. UTF-16 units. */
export const mostMadeUp = 1_000_000;

/**
 * Has the rest of a damaged file make sense: a turn whose parent was lost goes below the last one that is there, text
 * of a lost answer into an answer of its own, and text that is missing in the middle is replaced by U+FFFD.
 *
 * @param largestGap lost characters that may still be made up for
 * @returns the records to apply in place of `record`.
 */
export function salvaged(
	record: ChatRecord,
	conversation: Conversation,
	largestGap: number,
): readonly ChatRecord[] {
	switch (record.type) {
		case "turn":
			return record.parentId === null || conversation.has(record.parentId)
				? [record]
				: [{ ...record, parentId: conversation.headId ?? null }];
		case "text": {
			const turn = conversation.turn(record.turnId);
			if (turn?.role === "user") {
				return [];
			}
			if (!turn && conversation.has(record.turnId)) {
				return [record];
			}
			const length = turn ? turn[record.channel].length : 0;
			if (record.offset - length > largestGap) {
				return [];
			}
			const records: ChatRecord[] = turn ? [] : [lostAnswer(record.turnId, conversation)];
			if (record.offset > length) {
				const text = "\uFFFD".repeat(record.offset - length);
				records.push({ ...record, offset: length, text });
			}
			return [...records, record];
		}
		default:
			return [record];
	}
}

function lostAnswer(turnId: string, conversation: Conversation): ChatRecord {
	return {
		type: "turn",
		parentId: conversation.headId ?? null,
		turn: {
			role: "assistant",
			id: turnId,
			startedAtMs: conversation.header.createdAtMs,
			thought: "",
			thoughtDurationMs: null,
			reply: "",
			outcome: null,
		},
	};
}
