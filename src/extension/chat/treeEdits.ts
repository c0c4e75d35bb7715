import type { TurnId } from "../../protocol/chat/ids";
import type { OpenedChat } from "../conversation/chatLibrary";
import type { ChatRecord } from "../conversation/chatRecord";
import type { ShownChat } from "./shownChat";
import type { UndoOffers } from "./undoOffers";

/** Edits the tree of a conversation without asking the model. Deletions can be undone. */
export class TreeEdits {
	readonly #shown: ShownChat;
	readonly #undo: UndoOffers;

	constructor(shown: ShownChat, undo: UndoOffers) {
		this.#shown = shown;
		this.#undo = undo;
	}

	/** Shows another version of a turn, with the turns that last followed it. */
	showVersion(chat: OpenedChat, turnId: TurnId): void {
		const { conversation } = chat;
		if (conversation.turn(turnId)) {
			chat.write([{ type: "head", turnId: conversation.leafBelow(turnId) }], "now");
			this.#shown.refresh(chat);
		}
	}

	/**
	 * Deletes a turn and all turns below it. Then shows the version beside it, or the turn above. If no turn is left,
	 * also removes a title from the model.
	 */
	deleteTurn(chat: OpenedChat, turnId: TurnId): void {
		const { conversation } = chat;
		const { headId, givenTitle } = conversation;
		if (!conversation.turn(turnId) || headId === undefined) {
			return;
		}
		const count = conversation.countBelow(turnId);
		const versions = conversation.versionsOf(turnId);
		const index = versions.indexOf(turnId);
		const neighbor = versions[index + 1] ?? versions[index - 1];
		const isAll = neighbor === undefined && conversation.parentOf(turnId) === null;
		const titleBefore = isAll && givenTitle?.by === "model" ? givenTitle.text : undefined;
		const titled = (text: string): readonly ChatRecord[] =>
			titleBefore === undefined ? [] : [{ type: "title", text, by: "model" }];
		chat.write(
			[
				{ type: "deleted", turnId, deleted: true },
				...(neighbor === undefined
					? []
					: [{ type: "head", turnId: conversation.leafBelow(neighbor) } as const]),
				...titled(""),
			],
			"durable",
		);
		this.#shown.refresh(chat);
		this.#undo.make(chat, { kind: "deleteTurns", count }, [
			{ type: "deleted", turnId, deleted: false },
			{ type: "head", turnId: headId },
			...titled(titleBefore ?? ""),
		]);
	}
}
