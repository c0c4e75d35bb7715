import type { ChatHeader, ChatRecord } from "../../conversation/chatRecord";
import type { Conversation } from "../../conversation/conversation";
import type { TreeTurn } from "../../conversation/treeTurn";

/**
 * The least saving, in bytes, for which a file is rewritten; it must also save half of the file. An answer that arrived
 * in small pieces takes two to three times its size. Below this limit, reading the file is fast anyway.
 */
const worthBytes = 64 * 1024;
/** The approximate size of a turn's line without its text. */
const turnBytes = 200;

/** Returns whether a file of this size is much larger than the conversation needs. */
export function isWorthCompacting(fileBytes: number, conversation: Conversation): boolean {
	if (fileBytes < worthBytes) {
		return false;
	}
	let neededBytes = 0;
	for (const { turn } of conversation.turns()) {
		const texts =
			turn.role === "user"
				? [turn.text, ...turn.attachments.map(({ code }) => code)]
				: [turn.thought, turn.reply];
		neededBytes += texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), turnBytes);
	}
	return isFarLess(neededBytes, fileBytes);
}

/** Returns whether replacing `fileBytes` by `bytes` is worthwhile. */
export function isFarLess(bytes: number, fileBytes: number): boolean {
	return bytes * 2 < fileBytes && fileBytes - bytes > worthBytes;
}

/** Returns the header and the fewest records that recreate the conversation, without deleted turns. */
export function compacted(conversation: Conversation): readonly (ChatHeader | ChatRecord)[] {
	return [conversation.header, ...compactedRecords(conversation)];
}

/** Returns the fewest records that recreate the conversation, without deleted turns. */
export function compactedRecords(conversation: Conversation): readonly ChatRecord[] {
	const records: ChatRecord[] = [];
	const versions = new Map<string, number>();
	const turns = [...conversation.turns()];
	for (const { turn, parentId } of turns) {
		records.push({ type: "turn", parentId, turn });
		if (parentId !== null) {
			versions.set(parentId, (versions.get(parentId) ?? 0) + 1);
		}
	}
	const forks = [...versions].filter(([, count]) => count > 1).map(([fork]) => fork);
	const leaves = leavesOf(conversation, turns);
	// Restore the last shown version at each fork. Upper forks come last, because they decide which path is shown.
	for (const fork of forks.reverse()) {
		records.push({ type: "head", turnId: leaves.get(fork) ?? fork });
	}
	if (conversation.givenTitle) {
		records.push({ type: "title", ...conversation.givenTitle });
	}
	if (conversation.pinned) {
		records.push({ type: "pinned", pinned: true });
	}
	if (conversation.queued) {
		records.push({ type: "queued", message: conversation.queued });
	}
	records.push({ type: "head", turnId: headThatStays(conversation) });
	return records;
}

/** Returns the end of the last shown path through each turn. Takes linear time, even for deep trees. */
function leavesOf(
	conversation: Conversation,
	turns: readonly { readonly turn: TreeTurn }[],
): ReadonlyMap<string, string> {
	const leaves = new Map<string, string>();
	// Children before their parents.
	for (const { turn } of turns.toReversed()) {
		const next = conversation.nextBelow(turn.id);
		leaves.set(turn.id, next === undefined ? turn.id : (leaves.get(next) ?? next));
	}
	return leaves;
}

/** Returns the head, or the nearest turn above it that is not deleted. */
function headThatStays(conversation: Conversation): string | null {
	let id = conversation.headId ?? null;
	while (id !== null && !conversation.turn(id)) {
		id = conversation.parentOf(id);
	}
	return id;
}
