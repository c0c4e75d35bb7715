import type { ChatHeader, ChatRecord } from "../../conversation/chatRecord";
import type { Conversation } from "../../conversation/conversation";
import type { TreeTurn } from "../../conversation/treeTurn";

/**
 * A file is written anew when that saves half of it and at least this much. Text of an answer that comes in small pieces
 * takes two to three times its size; below this nobody waits for a file to be read.
 */
const worthBytes = 64 * 1024;
/** Of a line for a turn, beside its text. */
const turnBytes = 200;

/** @returns whether `fileBytes` are far more than the conversation needs. */
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

/** @returns whether writing `bytes` in the place of `fileBytes` is worth it. */
export function isFarLess(bytes: number, fileBytes: number): boolean {
	return bytes * 2 < fileBytes && fileBytes - bytes > worthBytes;
}

/** @returns the header and the fewest records that make the conversation anew, without what was deleted. */
export function compacted(conversation: Conversation): readonly (ChatHeader | ChatRecord)[] {
	return [conversation.header, ...compactedRecords(conversation)];
}

/** @returns the fewest records that make the conversation anew, without what was deleted. */
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
	// Which version was shown last, at each place where there are several: the upper ones have the last word.
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

/** @returns the end of the path through each turn that was shown last: all at once, whatever the depth. */
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

/** @returns the head, or the last turn above it that is not deleted. */
function headThatStays(conversation: Conversation): string | null {
	let id = conversation.headId ?? null;
	while (id !== null && !conversation.turn(id)) {
		id = conversation.parentOf(id);
	}
	return id;
}
