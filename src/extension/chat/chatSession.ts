import { canContinue } from "../../protocol/chat/chat";
import { type ChatId, type TurnId } from "../../protocol/chat/ids";
import type { OpenedChat } from "../conversation/chatLibrary";
import { isUntouched } from "../conversation/isUntouched";
import type { Disposable } from "../base/disposableStore";
import { endedByItself, statsOf } from "./answerOutcome";
import { RunningAnswers } from "./runningAnswers";
import type { AnswerRunParts } from "./answerRun";
import type { ChatAttachments } from "./chatAttachments";
import { failedAnswer, type FailedAnswer } from "./failedAnswer";
import { Outbox } from "./outbox";
import type { TitleWriter } from "../prompt/titleWriter";
import { TreeEdits } from "./treeEdits";
import { UndoOffers } from "./undoOffers";

export interface ChatSessionParts extends AnswerRunParts {
	readonly attachments: ChatAttachments;
	readonly titles: Pick<TitleWriter, "giveWay" | "modelIsFree">;
	/** Called when an answer fails in a chat that is not shown. */
	readonly onFailedUnseen: (failed: FailedAnswer) => void;
}

/** Carries out the user's actions in the shown chat. Late or repeated calls (a second click) do nothing. */
export class ChatSession implements Disposable {
	readonly #parts: ChatSessionParts;
	readonly #answers: RunningAnswers;
	readonly #outbox: Outbox;
	readonly #undo: UndoOffers;
	readonly #edits: TreeEdits;

	constructor(parts: ChatSessionParts) {
		this.#parts = parts;
		this.#undo = new UndoOffers(parts.shown, parts.store);
		this.#edits = new TreeEdits(parts.shown, this.#undo);
		this.#answers = new RunningAnswers(parts, {
			onRefused: (chat, user, failure) => {
				this.#outbox.giveBack(chat, user, failure);
			},
			onEnded: (chat, outcome) => {
				if (endedByItself(outcome)) {
					this.#outbox.sendQueued(chat);
				} else if (outcome.kind === "failed" && chat !== parts.shown.chat) {
					parts.onFailedUnseen(failedAnswer(chat.conversation, outcome.failure));
				}
			},
			onAsked: () => {
				parts.titles.giveWay();
			},
			onFree: (chat) => {
				parts.titles.modelIsFree(chat);
			},
		});
		this.#outbox = new Outbox(parts, this.#answers, this.#undo);
	}

	/** Resolves when the language model has finished all answers requested so far. Never rejects. */
	get whenSettled(): Promise<void> {
		return this.#answers.whenSettled;
	}

	/** Sends a message with the code in the composer. While an answer is running, the message is queued. */
	submit(turnId: TurnId, text: string): void {
		const chat = this.#writableChat();
		if (chat) {
			this.#outbox.submit(chat, turnId, text);
		}
	}

	/** Stops the running answer, and keeps its text. */
	stop(): void {
		this.#answers.stop(this.#parts.shown.chat);
	}

	/** Ends the thought of a running answer, so that its reply begins. */
	answerNow(answerId: TurnId): void {
		this.#answers.answerNow(answerId);
	}

	/** Regenerates the failed last answer, or resends the refused message. */
	retry(): void {
		const { refusal } = this.#parts.store.state;
		const chat = refusal ? this.#writableChat() : this.#restingChat();
		if (chat && refusal) {
			this.#outbox.submitAgain(chat, refusal);
			return;
		}
		const failed = chat?.conversation.path().at(-1);
		if (!chat || failed?.role !== "assistant" || failed.outcome?.kind !== "failed") {
			return;
		}
		const userTurnId = chat.conversation.parentOf(failed.id);
		if (failed.reply === "" && failed.thought === "") {
			chat.write([{ type: "deleted", turnId: failed.id, deleted: true }], "soon");
		}
		this.#answer(chat, userTurnId, failed.id);
	}

	/** Generates another version of an answer. */
	regenerate(answerId: TurnId): void {
		const chat = this.#restingChat();
		if (chat?.conversation.turn(answerId)?.role === "assistant") {
			this.#answer(chat, chat.conversation.parentOf(answerId));
		}
	}

	/** Continues the last answer, which is incomplete. */
	continueAnswer(answerId: TurnId): void {
		const { shown, store } = this.#parts;
		const chat = this.#restingChat();
		const answer = store.state.turns.at(-1);
		if (!chat || answer?.id !== answerId || !canContinue(answer)) {
			return;
		}
		const turn = chat.conversation.turn(answerId);
		const earlierStats = turn?.role === "assistant" ? statsOf(turn.outcome) : undefined;
		this.#undo.withdraw(chat);
		const opening = { type: "continued", turnId: answerId } as const;
		this.#answers.start({ chat, answerId, opening, earlierStats });
		shown.publish(chat, { type: "answerContinued", turnId: answerId });
	}

	/** Sends another version of a message, with the same code. */
	edit(editedId: TurnId, turnId: TurnId, text: string): void {
		const chat = this.#restingChat();
		const edited = chat?.conversation.turn(editedId);
		if (!chat || edited?.role !== "user" || chat.conversation.has(turnId)) {
			return;
		}
		if (text.trim() === "" && edited.attachments.length === 0) {
			return;
		}
		const parentId = chat.conversation.parentOf(editedId);
		const turn = { ...edited, id: turnId, text, sentAtMs: this.#parts.clock.nowMs() };
		chat.write([{ type: "turn", parentId, turn }], "now");
		this.#answer(chat, turnId);
	}

	showVersion(turnId: TurnId): void {
		const chat = this.#restingChat();
		if (chat) {
			this.#edits.showVersion(chat, turnId);
		}
	}

	/** Deletes a turn and all turns below it. It can be undone until the next message. */
	deleteTurn(turnId: TurnId): void {
		const chat = this.#restingChat();
		if (chat) {
			this.#edits.deleteTurn(chat, turnId);
		}
	}

	sendQueued(): void {
		const chat = this.#restingChat();
		if (chat) {
			this.#outbox.sendQueued(chat);
		}
	}

	/** Removes the queued message, and puts its code back into the composer. */
	removeQueued(): void {
		const chat = this.#writableChat();
		if (chat) {
			this.#outbox.removeQueued(chat);
		}
	}

	dismissRefusal(): void {
		if (this.#parts.store.state.refusal) {
			this.#parts.store.publish({ type: "refusalDismissed" });
		}
	}

	/** Stops the answer and shows a new chat. Until the first message, `undo` returns to the previous chat. */
	async clear(): Promise<void> {
		const { shown } = this.#parts;
		const { chat } = shown;
		this.dismissRefusal();
		if (!chat || isUntouched(chat.conversation)) {
			return;
		}
		this.#answers.abandon(chat);
		await shown.startNew();
		if (shown.chat && isUntouched(shown.chat.conversation)) {
			this.#undo.makeReturn(shown.chat, chat.conversation.id);
		}
	}

	/** Undoes the last clearing or deletion since the last message. */
	async undo(): Promise<void> {
		if (this.#restingChat()) {
			await this.#undo.accept();
		}
	}

	/** Shows a new chat, unless the shown one is untouched. */
	async newChat(): Promise<void> {
		const { chat } = this.#parts.shown;
		if (!chat || !isUntouched(chat.conversation)) {
			await this.#parts.shown.startNew();
		}
	}

	/** Stops the answer in a chat that is about to be deleted. If the chat is shown, shows a new one instead. */
	async letGo(id: ChatId): Promise<void> {
		const { shown } = this.#parts;
		this.#undo.forget(id);
		await this.#answers.abandonIn(id);
		if (shown.chat?.conversation.id === id) {
			await shown.chat.flush();
			await shown.startNew();
		}
	}

	dispose(): void {
		this.#undo.dispose();
		this.#answers.dispose();
		this.#parts.titles.giveWay();
	}

	/** Begins a new version of the answer to a message. @param headBefore the head before the user's action */
	#answer(
		chat: OpenedChat,
		userTurnId: TurnId | null,
		headBefore: TurnId | null = chat.conversation.headId ?? null,
	): void {
		if (userTurnId !== null) {
			this.#undo.withdraw(chat);
			this.dismissRefusal();
			this.#answers.startAnswer(chat, userTurnId, { headBefore });
			this.#parts.shown.refresh(chat);
		}
	}

	/** Returns the shown chat, unless it is read-only. */
	#writableChat(): OpenedChat | undefined {
		const { chat } = this.#parts.shown;
		return chat?.fileState.newerVersion === undefined ? chat : undefined;
	}

	/** Returns the shown chat, if it is writable and no window generates in it. */
	#restingChat(): OpenedChat | undefined {
		const chat = this.#writableChat();
		return chat && !this.#answers.isRunning(chat) && !chat.fileState.answeredElsewhere
			? chat
			: undefined;
	}
}
