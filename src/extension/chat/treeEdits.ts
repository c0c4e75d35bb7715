import type { TurnId } from "../../protocol/chat";
import type { OpenedChat } from "../conversation/chatLibrary";
import type { ShownChat } from "./shownChat";
import type { UndoOffer } from "./undoOffer";

/** What is done to the tree of a conversation without asking the model. Each can be had back. */
export class TreeEdits {
	readonly #shown: ShownChat;
	readonly #undo: UndoOffer;

	constructor(shown: ShownChat, undo: UndoOffer) {
		this.#shown = shown;
		this.#undo = undo;
	}

	/** Shows another version of a turn, with what followed it last. */
	showVersion(chat: OpenedChat, turnId: TurnId): void {
		const { conversation } = chat;
		if (conversation.turn(turnId)) {
			this.#undo.withdraw();
			chat.write([{ type: "head", turnId: conversation.leafBelow(turnId) }], "now");
			this.#shown.refresh(chat);
		}
	}

	/** Begins the conversation anew. What was said stays in it, as another version of its beginning. */
	clear(chat: OpenedChat): void {
		const { headId } = chat.conversation;
		if (headId !== undefined) {
			chat.write([{ type: "head", turnId: null }], "durable");
			this.#shown.refresh(chat);
			this.#undo.make(chat, { kind: "clear" }, [{ type: "head", turnId: headId }]);
		}
	}

	/** Deletes a turn with all that follows it, and shows the version beside it, or what was above it. */
	deleteTurn(chat: OpenedChat, turnId: TurnId): void {
		const { conversation } = chat;
		const { headId } = conversation;
		if (!conversation.turn(turnId) || headId === undefined) {
			return;
		}
		const count = conversation.countBelow(turnId);
		const versions = conversation.versionsOf(turnId);
		const index = versions.indexOf(turnId);
		const neighbour = versions[index + 1] ?? versions[index - 1];
		chat.write(
			[
				{ type: "deleted", turnId, deleted: true },
				...(neighbour === undefined
					? []
					: [{ type: "head", turnId: conversation.leafBelow(neighbour) } as const]),
			],
			"durable",
		);
		this.#shown.refresh(chat);
		this.#undo.make(chat, { kind: "deleteTurns", count }, [
			{ type: "deleted", turnId, deleted: false },
			{ type: "head", turnId: headId },
		]);
	}
}
