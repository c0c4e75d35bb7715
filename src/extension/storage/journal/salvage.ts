import type { ChatRecord } from "../../conversation/chatRecord";
import type { Conversation } from "../../conversation/conversation";

/** How much lost text of a file is replaced, in UTF-16 units. A larger gap is not filled. */
export const mostMadeUp = 1_000_000;

/**
 * Makes the records after damage usable. A turn whose parent was lost is added below the head, text of a lost answer
 * becomes a new answer, and missing text in the middle is replaced by U+FFFD.
 *
 * @param largestGap how much lost text may still be replaced, in UTF-16 units
 * @returns the records to apply instead of `record`
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
