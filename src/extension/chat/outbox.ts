import { randomUUID } from "node:crypto";
import type { Refusal } from "../../protocol/chat/chat";
import type { TurnId } from "../../protocol/chat/ids";
import type { InferenceFailure } from "../../protocol/failure";
import type { Clock } from "../base/clock";
import type { OpenedChat } from "../conversation/chatLibrary";
import type { StoredUserTurn } from "../conversation/chatRecord";
import type { Log } from "../base/log";
import type { RunningAnswers } from "./runningAnswers";
import type { ChatAttachments } from "./chatAttachments";
import { toQueued, toUserTurn } from "./chatPath";
import type { ChatStore } from "./chatStore";
import type { ShownChat } from "./shownChat";
import type { UndoOffers } from "./undoOffers";

export interface OutboxParts {
	readonly store: ChatStore;
	readonly shown: ShownChat;
	readonly attachments: ChatAttachments;
	readonly clock: Clock;
	readonly log: Log;
}

/** Sends the user's messages: at once, or after the running answer. A refused message returns to the composer. */
export class Outbox {
	readonly #parts: OutboxParts;
	readonly #answers: Pick<RunningAnswers, "isRunning" | "startAnswer">;
	readonly #undo: UndoOffers;

	constructor(
		parts: OutboxParts,
		answers: Pick<RunningAnswers, "isRunning" | "startAnswer">,
		undo: UndoOffers,
	) {
		this.#parts = parts;
		this.#answers = answers;
		this.#undo = undo;
	}

	/**
	 * Sends a message with the code in the composer. While an answer is running, the message is queued.
	 *
	 * The queue holds one message. A message that replaces a refused one is sent before the queued one, as the refused
	 * one was.
	 */
	submit(chat: OpenedChat, turnId: TurnId, text: string): void {
		const { log, attachments, clock, shown, store } = this.#parts;
		const { conversation } = chat;
		const isRunning = this.#answers.isRunning(chat);
		const goesFirst = !isRunning && store.state.refusal !== undefined;
		if (conversation.has(turnId) || (conversation.queued && !goesFirst)) {
			log.warn("a message was not sent: another is queued, or it was sent before");
			return;
		}
		if (text.trim() === "" && store.state.attachments.length === 0) {
			log.warn("an empty message was not sent");
			return;
		}
		this.#undo.withdraw(chat);
		const user: StoredUserTurn = {
			role: "user",
			id: turnId,
			sentAtMs: clock.nowMs(),
			text,
			attachments: [...attachments.take()],
		};
		if (isRunning) {
			chat.write([{ type: "queued", message: user }], "durable");
			shown.publish(chat, { type: "queueChanged", queued: toQueued(user) });
		} else {
			this.#send(chat, user);
		}
	}

	/** Resends a refused message. If it had only code, which has since been removed, dismisses the refusal instead. */
	submitAgain(chat: OpenedChat, { text }: Refusal): void {
		const { store } = this.#parts;
		if (text.trim() === "" && store.state.attachments.length === 0) {
			store.publish({ type: "refusalDismissed" });
		} else {
			this.submit(chat, randomUUID(), text);
		}
	}

	/** Sends the queued message, if there is one. */
	sendQueued(chat: OpenedChat): void {
		const { queued } = chat.conversation;
		if (queued) {
			chat.write([{ type: "queued", message: null }], "soon");
			this.#parts.shown.publish(chat, { type: "queueChanged", queued: undefined });
			this.#send(chat, queued);
		}
	}

	/** Removes the queued message, and puts its code back into the composer. */
	removeQueued(chat: OpenedChat): void {
		const { shown, attachments } = this.#parts;
		const { queued } = chat.conversation;
		if (queued) {
			chat.write([{ type: "queued", message: null }], "now");
			shown.publish(chat, { type: "queueChanged", queued: undefined });
			attachments.putBack(queued.attachments);
		}
	}

	/** Publishes the refusal of a message, and puts its code back into the composer. */
	giveBack(chat: OpenedChat, user: StoredUserTurn, failure: InferenceFailure | undefined): void {
		const { shown, attachments } = this.#parts;
		const { id: turnId, text } = user;
		shown.publish(chat, { type: "refused", refusal: { turnId, text, failure } });
		shown.refresh(chat);
		attachments.putBack(user.attachments);
	}

	#send(chat: OpenedChat, user: StoredUserTurn): void {
		const { shown, store } = this.#parts;
		const parentId = chat.conversation.headId ?? null;
		chat.write([{ type: "turn", parentId, turn: user }], "now");
		const answer = this.#answers.startAnswer(chat, user.id, { message: user });
		if (chat === shown.chat) {
			store.publish({ type: "turnStarted", user: toUserTurn(user), answer });
		}
		shown.remember(chat);
		// Publishes the title, and the versions of the message.
		shown.refresh(chat);
	}
}
