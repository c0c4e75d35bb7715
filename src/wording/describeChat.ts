import { assertNever } from "../protocol/assertNever";
import type { ChatAccess, ChatNotice, Undoable } from "../protocol/chat/chat";
import { describeCount } from "./format";

/** What a conversation is called in which nothing was said yet. */
export const newChatTitle = "New chat";

/** @returns why the conversation cannot be written on from this window, and what to do; empty if it can or will soon. */
export function describeAccess(access: ChatAccess): string {
	switch (access.kind) {
		case "open":
		case "loading":
			return "";
		case "answeredElsewhere":
			return "Another window is answering in this conversation.";
		case "newerVersion":
			return "A newer version of this extension wrote this conversation, so it can only be read here. Update the extension, or start a new chat.";
		default:
			return assertNever(access);
	}
}

/** @returns what is wrong with the conversation's file, and what to do. */
export function describeNotice(notice: ChatNotice): string {
	switch (notice.kind) {
		case "damaged":
			return `The file of this conversation is damaged: ${describeCount(notice.lostRecords, "entry", "entries")} could not be read. The rest is shown, and the damaged file is kept.`;
		case "notSaved":
			return describeNotSaved(notice.code);
		default:
			return assertNever(notice);
	}
}

/** @returns what was done, where it can be undone. */
export function describeUndoable(undoable: Undoable): string {
	switch (undoable.kind) {
		case "clear":
			return "Conversation cleared. The history keeps it.";
		case "deleteTurns":
			return `${describeCount(undoable.count, "message")} deleted`;
		default:
			return assertNever(undoable);
	}
}

/** @param code of the operating system: "ENOSPC" */
function describeNotSaved(code: string): string {
	const triedAgain = "Saving is tried again by itself.";
	switch (code) {
		case "ENOSPC":
			return `The last messages are not saved: the disk is full. Free some space. ${triedAgain}`;
		case "EDQUOT":
			return `The last messages are not saved: your share of the disk is used up. Free some space. ${triedAgain}`;
		case "EACCES":
		case "EPERM":
			return `The last messages are not saved: the folder of the conversations must not be written to. Allow it. ${triedAgain}`;
		case "EROFS":
			return `The last messages are not saved: the disk of the conversations is read-only. Make it writable. ${triedAgain}`;
		case "EMFILE":
		case "ENFILE":
			return `The last messages are not saved: too many files are open. Close other programs. ${triedAgain}`;
		default:
			return `The last messages are not saved (${code}). ${triedAgain} Copy what you need before you close the window.`;
	}
}
