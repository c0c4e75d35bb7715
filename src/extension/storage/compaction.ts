import type { ChatHeader, ChatRecord } from "../conversation/chatRecord";
import type { Conversation } from "../conversation/conversation";

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
	const forks: string[] = [];
	for (const { turn, parentId } of conversation.turns()) {
		records.push({ type: "turn", parentId, turn });
		const versions = conversation.versionsOf(turn.id);
		if (versions.length > 1 && versions[0] === turn.id && parentId !== null) {
			forks.push(parentId);
		}
	}
	// Which version was shown last, at each place where there are several: the upper ones have the last word.
	for (const fork of forks.reverse()) {
		records.push({ type: "head", turnId: conversation.leafBelow(fork) });
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

/** @returns the head, or the last turn above it that is not deleted. */
function headThatStays(conversation: Conversation): string | null {
	let id = conversation.headId ?? null;
	while (id !== null && !conversation.turn(id)) {
		id = conversation.parentOf(id);
	}
	return id;
}
