import type { TurnId } from "../../protocol/chat/ids";
import { exportFormatName, exportFormatVersion } from "../../protocol/import/exportFormat";
import type { StoredUserTurn } from "../conversation/chatRecord";
import type { Conversation } from "../conversation/conversation";
import type { TreeTurn } from "../conversation/treeTurn";

// The extension's own JSON format for one or more complete conversations (docs/export-format.md).

/** A turn and the ID of its parent; `null` if the turn begins the conversation. */
export type ExportedTurn = TreeTurn & { readonly parentId: TurnId | null };

export interface ExportedChat {
	/** Epoch milliseconds. */
	readonly createdAtMs: number;
	/** The name of the folder that was open in the window when the conversation began. */
	readonly folder: string | null;
	/** The title that the user or the model gave it. */
	readonly title: { readonly text: string; readonly by: "user" | "model" } | null;
	readonly pinned: boolean;
	/** The last turn of the shown path. */
	readonly headId: TurnId | null;
	/** The message that waits for the end of an answer. */
	readonly queued: StoredUserTurn | null;
	/** The whole tree: parents before their children, and siblings oldest first. */
	readonly turns: readonly ExportedTurn[];
}

/** Returns everything in a conversation, without its deleted turns. */
export function exportedChat(conversation: Conversation): ExportedChat {
	const { header, givenTitle, pinned, headId, queued } = conversation;
	return {
		createdAtMs: header.createdAtMs,
		folder: header.folder,
		title: givenTitle ? { text: givenTitle.text, by: givenTitle.by } : null,
		pinned,
		headId: headId !== undefined && conversation.turn(headId) ? headId : null,
		queued: queued ?? null,
		turns: [...conversation.turns()].map(({ turn, parentId }) => ({ parentId, ...turn })),
	};
}

/** Yields the text of a file with the conversations, piece by piece. */
export async function* exportText(
	chats: AsyncIterable<Conversation>,
	nowMs: number,
): AsyncGenerator<string> {
	const header = {
		format: exportFormatName,
		version: exportFormatVersion,
		exportedAtMs: nowMs,
	};
	yield `${JSON.stringify(header, undefined, "\t").slice(0, -2)},\n\t"chats": [`;
	let separator = "\n";
	for await (const chat of chats) {
		yield `${separator}${indented(JSON.stringify(exportedChat(chat), undefined, "\t"))}`;
		separator = ",\n";
	}
	yield separator === "\n" ? "]\n}\n" : "\n\t]\n}\n";
}

/** Indents JSON. Its strings contain no raw line feeds, so no string changes. */
function indented(json: string): string {
	return `\t\t${json.replaceAll("\n", "\n\t\t")}`;
}
