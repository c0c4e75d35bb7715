import type { ChatRecord } from "./chatRecord";
import type { Conversation } from "./conversation";
import { plural, t } from "../../wording/localize";

/** The longest title made from a message, in UTF-16 units. */
const titleLength = 60;
/** The longest title from the user or the model, in UTF-16 units. */
const longestTitle = 200;

/** Returns the given title of a conversation, else the beginning of its first message; empty if there is neither. */
export function titleOf(conversation: Conversation): string {
	const given = oneLine((conversation.givenTitle?.text ?? "").slice(0, 10 * longestTitle));
	if (given !== "") {
		return given.length <= longestTitle ? given : `${given.slice(0, longestTitle - 1)}…`;
	}
	const first = conversation.path()[0] ?? [...conversation.turns()][0]?.turn;
	if (first?.role !== "user") {
		return "";
	}
	return shortened(first.text) || shortened(first.attachments[0]?.chip.label ?? "");
}

/** Returns the first line with text, cut at a word if it is long. */
export function shortened(text: string): string {
	const line = text.trim().split("\n", 1)[0]?.replace(/\s+/g, " ").trim() ?? "";
	if (line.length <= titleLength) {
		return line;
	}
	const cut = line.slice(0, titleLength);
	const word = cut.lastIndexOf(" ");
	return `${cut.slice(0, word > titleLength / 2 ? word : titleLength).trimEnd()}…`;
}

/** Returns why a text cannot be the title of a conversation, for its author; `undefined` if it can. */
export function objectionToTitle(text: string): string | undefined {
	const { length } = text.trim();
	if (length === 0) {
		return t("Enter a title");
	}
	return length > longestTitle
		? plural(longestTitle, "Use at most {0} character", "Use at most {0} characters")
		: undefined;
}

/** Returns the record that sets a title written by the user. */
export function titleByUser(text: string): ChatRecord {
	return { type: "title", text: oneLine(text), by: "user" };
}

function oneLine(text: string): string {
	return text.trim().replace(/\s+/g, " ");
}
