import type { ChatId } from "../../protocol/chat/ids";
import { shownTitle } from "../../wording/describeChat";
import { formatBytes } from "../../wording/format";
import { plural, t } from "../../wording/localize";
import type { ChatList, ChatSummary } from "../conversation/chatLibrary";
import type { DayWords } from "./dayWords";
import { describeUnreadable } from "./describeUnreadable";
import type { TextSearch } from "./textSearch";

/** A row of the history. */
export type HistoryRow =
	| { readonly kind: "heading"; readonly label: string }
	| ChatRow
	| (RowWords & { readonly kind: "empty" })
	/** The state of the search; cannot be chosen. */
	| (RowWords & { readonly kind: "note" })
	/** A file that could not be read; `file` is its name. */
	| (RowWords & { readonly kind: "unreadable"; readonly file: string });

export interface ChatRow extends RowWords {
	readonly kind: "chat";
	readonly chat: ChatSummary;
	/** Whether its messages contain the search text. */
	readonly isHit: boolean;
}

interface RowWords {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
}

export interface HistoryContents {
	readonly list: ChatList;
	readonly search: Pick<TextSearch, "text" | "isBusy" | "excerpts">;
	/** The id of the chat that this window shows. */
	readonly shownId: ChatId | undefined;
	readonly nowMs: number;
	readonly words: DayWords;
}

/** Returns all rows in order: pinned chats, the others by day, then unreadable files. */
export function historyRows(contents: HistoryContents): readonly HistoryRow[] {
	const { chats, unreadable } = contents.list;
	const rows: HistoryRow[] = [];
	let heading: string | undefined;
	for (const chat of chats) {
		const above = chat.pinned
			? t("Pinned")
			: contents.words.heading(chat.updatedAtMs, contents.nowMs);
		if (above !== heading) {
			heading = above;
			rows.push({ kind: "heading", label: above });
		}
		rows.push(chatRow(chat, contents));
	}
	if (chats.length === 0) {
		rows.push({
			kind: "empty",
			label: t("No chats yet"),
			description: "",
			detail: t("Your chats are stored on this machine and listed here."),
		});
	}
	if (unreadable.length > 0) {
		rows.push({ kind: "heading", label: t("Files that could not be read") });
		for (const file of unreadable) {
			rows.push({
				kind: "unreadable",
				file,
				label: file,
				description: "",
				detail: describeUnreadable(contents.list.reasons.get(file)),
			});
		}
	}
	const { text, isBusy, excerpts } = contents.search;
	if (text !== "" && excerpts.size === 0 && chats.length > 0) {
		rows.push({
			kind: "note",
			label: isBusy
				? t("Searching messages for “{0}”…", text)
				: t("No messages contain “{0}”", text),
			description: "",
			detail: "",
		});
	}
	return rows;
}

/** Returns the number of chats, the disk space that they use, and the free disk space. */
export function historySize({ chats, totalBytes, freeBytes }: ChatList): string {
	const count = plural(chats.length, "{0} chat", "{0} chats");
	const free = freeBytes !== undefined && t("{0} free on disk", formatBytes(freeBytes));
	return joined(count, formatBytes(totalBytes), free);
}

/** Returns the rows of the deleted chats, most recently deleted first. */
export function deletedRows(
	{ deleted }: ChatList,
	words: DayWords,
	nowMs: number,
): readonly (ChatRow | (RowWords & { readonly kind: "empty" }))[] {
	if (deleted.length === 0) {
		return [
			{
				kind: "empty",
				label: t("Nothing was deleted in the last 30 days"),
				description: "",
				detail: "",
			},
		];
	}
	return deleted.map((chat) => ({
		kind: "chat",
		chat,
		isHit: false,
		label: shownTitle(chat.title),
		description: joined(
			chat.folder,
			t("deleted: {0}", words.whole(chat.deletedAtMs ?? nowMs, nowMs)),
		),
		detail: "",
	}));
}

/**
 * Returns the row of a chat. Every row has two lines, with or without an excerpt, because a change of height at
 * the end of a search would move the rows below under the pointer.
 */
function chatRow(chat: ChatSummary, { search, shownId, nowMs, words }: HistoryContents): ChatRow {
	const when = chat.pinned ? "whole" : "below";
	const excerpt = search.excerpts.get(chat.id);
	const facts = joined(
		chat.id === shownId && t("Current"),
		chat.folder,
		words[when](chat.updatedAtMs, nowMs),
	);
	return {
		kind: "chat",
		chat,
		isHit: excerpt !== undefined,
		label: shownTitle(chat.title),
		description: excerpt === undefined ? "" : facts,
		detail: excerpt ?? facts,
	};
}

function joined(...words: readonly (string | null | false)[]): string {
	return words.filter(Boolean).join(" · ");
}
