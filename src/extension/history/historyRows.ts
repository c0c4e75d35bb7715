import type { ChatId } from "../../protocol/chat/ids";
import { formatBytes, formatCount } from "../../wording/format";
import type { ChatList, ChatSummary } from "../conversation/chatLibrary";
import type { DayWords } from "./dayWords";
import { describeUnreadable } from "./describeUnreadable";
import type { TextSearch } from "./textSearch";

/** A line of the history. */
export type HistoryRow =
	| { readonly kind: "heading"; readonly label: string }
	| ChatRow
	| (RowWords & { readonly kind: "empty" })
	/** Tells how far the search is; nothing to choose. */
	| (RowWords & { readonly kind: "note" })
	/** `file` is the name of one that could not be read. */
	| (RowWords & { readonly kind: "unreadable"; readonly file: string });

export interface ChatRow extends RowWords {
	readonly kind: "chat";
	readonly chat: ChatSummary;
	/** What was searched for is in its text, whether or not it is in its title. */
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
	/** The conversation that the window shows. */
	readonly shownId: ChatId | undefined;
	readonly nowMs: number;
	readonly words: DayWords;
}

const pinnedHeading = "Pinned";

/** @returns all lines, in order: pinned conversations, the others by day, and what could not be read. */
export function historyRows(contents: HistoryContents): readonly HistoryRow[] {
	const { chats, unreadable } = contents.list;
	const rows: HistoryRow[] = [];
	let heading: string | undefined;
	for (const chat of chats) {
		const above = chat.pinned
			? pinnedHeading
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
			label: "No conversations yet",
			description: "",
			detail: "What you write in the chat is kept on this machine and shows up here.",
		});
	}
	if (unreadable.length > 0) {
		rows.push({ kind: "heading", label: "Files that could not be read" });
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
			label: isBusy ? `Searching messages for “${text}”…` : `No messages contain “${text}”`,
			description: "",
			detail: "",
		});
	}
	return rows;
}

/** @returns how many conversations there are, and what they take of the disk. */
export function historySize({ chats, totalBytes, freeBytes }: ChatList): string {
	const count =
		chats.length === 1 ? "1 conversation" : `${formatCount(chats.length)} conversations`;
	const free = freeBytes !== undefined && `${formatBytes(freeBytes)} free on the disk`;
	return joined(count, formatBytes(totalBytes), free);
}

/** @returns deleted conversations, last deleted first. */
export function deletedRows(
	{ deleted }: ChatList,
	words: DayWords,
	nowMs: number,
): readonly (ChatRow | (RowWords & { readonly kind: "empty" }))[] {
	if (deleted.length === 0) {
		return [
			{
				kind: "empty",
				label: "Nothing was deleted in the last 30 days",
				description: "",
				detail: "",
			},
		];
	}
	return deleted.map((chat) => ({
		kind: "chat",
		chat,
		isHit: false,
		label: chat.title,
		description: joined(chat.folder, `deleted ${words.whole(chat.deletedAtMs ?? nowMs, nowMs)}`),
		detail: "",
	}));
}

/**
 * Every row has two lines, with and without an excerpt: rows of another height would move those below them under the
 * pointer, when a search ends or is cleared.
 */
function chatRow(chat: ChatSummary, { search, shownId, nowMs, words }: HistoryContents): ChatRow {
	const when = chat.pinned ? "whole" : "below";
	const excerpt = search.excerpts.get(chat.id);
	const facts = joined(
		chat.id === shownId && "Current",
		chat.folder,
		words[when](chat.updatedAtMs, nowMs),
	);
	return {
		kind: "chat",
		chat,
		isHit: excerpt !== undefined,
		label: chat.title,
		description: excerpt === undefined ? "" : facts,
		detail: excerpt ?? facts,
	};
}

function joined(...words: readonly (string | null | false)[]): string {
	return words.filter(Boolean).join(" · ");
}
