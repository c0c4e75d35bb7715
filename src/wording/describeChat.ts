import { assertNever } from "../protocol/assertNever";
import type { ChatAccess, ChatNotice, Undoable } from "../protocol/chat/chat";
import { plural, t } from "./localize";

/** Returns the title of a chat without messages. */
export function newChatTitle(): string {
	return t("New chat");
}

/** Returns the title to show for a chat whose title may be empty. */
export function shownTitle(title: string): string {
	return title || newChatTitle();
}

/** Returns why this window cannot write to the chat, and what to do; empty if it can, or will soon. */
export function describeAccess(access: ChatAccess): string {
	switch (access.kind) {
		case "open":
		case "loading":
			return "";
		case "answeredElsewhere":
			return t("Another window is answering in this chat.");
		case "newerVersion":
			return t(
				"This chat is read-only here, because a newer version of the extension wrote it. Update the extension, or start a new chat.",
			);
		default:
			return assertNever(access);
	}
}

/** Returns what is wrong with the chat's file, and what to do. */
export function describeNotice(notice: ChatNotice): string {
	switch (notice.kind) {
		case "damaged":
			return plural(
				notice.lostRecords,
				"The file of this chat is damaged: {0} entry could not be read. The rest is shown, and the damaged file is kept.",
				"The file of this chat is damaged: {0} entries could not be read. The rest is shown, and the damaged file is kept.",
			);
		case "notSaved":
			return `${describeNotSaved(notice.code)} ${t("Saving is retried automatically.")}`;
		default:
			return assertNever(notice);
	}
}

/** Returns what was done and can be undone. */
export function describeUndoable(undoable: Undoable): string {
	switch (undoable.kind) {
		case "clear":
			return t("Chat cleared. It is still in the history.");
		case "deleteTurns":
			return plural(undoable.count, "{0} message deleted", "{0} messages deleted");
		default:
			return assertNever(undoable);
	}
}

/** @param code error code of the operating system: "ENOSPC" */
function describeNotSaved(code: string): string {
	switch (code) {
		case "ENOSPC":
			return t("Your last messages are not saved: the disk is full. Free some space.");
		case "EDQUOT":
			return t("Your last messages are not saved: your disk quota is used up. Free some space.");
		case "EACCES":
		case "EPERM":
			return t(
				"Your last messages are not saved: the chats folder is not writable. Grant your account write access.",
			);
		case "EROFS":
			return t(
				"Your last messages are not saved: the disk with the chats folder is read-only. Make it writable.",
			);
		case "EMFILE":
		case "ENFILE":
			return t("Your last messages are not saved: too many files are open. Close other programs.");
		default:
			return t(
				"Your last messages are not saved ({0}). Copy what you need before you close the window.",
				code,
			);
	}
}
