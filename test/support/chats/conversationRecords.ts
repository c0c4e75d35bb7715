import type { ChatRecord } from "../../../src/extension/conversation/chatRecord";
import type { Conversation } from "../../../src/extension/conversation/conversation";

/** Returns records that rebuild the conversation, one per turn, without deleted turns. */
export function conversationRecords(conversation: Conversation): ChatRecord[] {
	const { givenTitle, pinned, queued, headId } = conversation;
	const records: ChatRecord[] = [];
	for (const { turn, parentId } of conversation.turns()) {
		records.push({ type: "turn", parentId, turn });
	}
	if (givenTitle) {
		records.push({ type: "title", ...givenTitle });
	}
	if (pinned) {
		records.push({ type: "pinned", pinned });
	}
	if (queued) {
		records.push({ type: "queued", message: queued });
	}
	records.push({ type: "head", turnId: headId ?? null });
	return records;
}
