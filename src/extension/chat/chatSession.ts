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
	/** An answer failed in a conversation that is not shown, where nobody would learn of it. */
	readonly onFailedUnseen: (failed: FailedAnswer) => void;
}

/**
 * What a person does in the conversation that is shown.
 *
 * Calls that come too late or twice (a second click, an answer that has just ended) do nothing.
 */
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

	/** Settles when the language model has nothing more to do for the answers asked for so far. Never rejects. */
	get whenSettled(): Promise<void> {
		return this.#answers.whenSettled;
	}

	/** Sends a message with the code that lies in the composer; while an answer runs, it waits for the end. */
	submit(turnId: TurnId, text: string): void {
		const chat = this.#writableChat();
		if (chat) {
			this.#outbox.submit(chat, turnId, text);
		}
	}

	/** Ends the running answer; what was received is kept. */
	stop(): void {
		this.#answers.stop(this.#parts.shown.chat);
	}

	/** Ends the thought of a running answer, so that its reply begins. */
	answerNow(answerId: TurnId): void {
		this.#answers.answerNow(answerId);
	}

	/** Generates the last, failed answer again, or sends the refused message again. */
	retry(): void {
		const { refusal } = this.#parts.store.state;
		if (refusal) {
			const refusing = this.#writableChat();
			if (refusing) {
				this.#outbox.submitAgain(refusing, refusal);
			}
			return;
		}
		const chat = this.#restingChat();
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

	/** Generates another answer to the question before this one. */
	regenerate(answerId: TurnId): void {
		const chat = this.#restingChat();
		if (chat?.conversation.turn(answerId)?.role === "assistant") {
			this.#answer(chat, chat.conversation.parentOf(answerId));
		}
	}

	/** Lets the last answer, which broke off, go on from its end. */
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

	/** Sends another version of one's own message, with the same code. */
	edit(editedId: TurnId, turnId: TurnId, text: string): void {
		const { clock } = this.#parts;
		const chat = this.#restingChat();
		const edited = chat?.conversation.turn(editedId);
		if (!chat || edited?.role !== "user" || chat.conversation.has(turnId)) {
			return;
		}
		if (text.trim() === "" && edited.attachments.length === 0) {
			return;
		}
		const parentId = chat.conversation.parentOf(editedId);
		const turn = { ...edited, id: turnId, text, sentAtMs: clock.nowMs() };
		chat.write([{ type: "turn", parentId, turn }], "now");
		this.#answer(chat, turnId);
	}

	showVersion(turnId: TurnId): void {
		const chat = this.#restingChat();
		if (chat) {
			this.#edits.showVersion(chat, turnId);
		}
	}

	/** Deletes a turn with all that follows it. Until the next message it can be brought back. */
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

	/** Takes the message that waits back; its code lies in the composer again. */
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

	/** Shows a new conversation in place of this one, whose answer ends. Until something is said, `undo` returns to it. */
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

	/** Brings back what was cleared or deleted last, if nothing was said since. */
	async undo(): Promise<void> {
		if (this.#restingChat()) {
			await this.#undo.accept();
		}
	}

	/** Shows a conversation in which nothing was said yet. */
	async newChat(): Promise<void> {
		const { chat } = this.#parts.shown;
		if (!chat || !isUntouched(chat.conversation)) {
			await this.#parts.shown.startNew();
		}
	}

	/** Ends the answer of a conversation that is about to be deleted, and shows a new one in its place. */
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

	/** Begins a new answer to a message, beside those there are. @param headBefore the last turn before anything was done */
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

	/** The conversation that is shown, unless it is only to be read. */
	#writableChat(): OpenedChat | undefined {
		const { chat } = this.#parts.shown;
		return chat?.fileState.newerVersion === undefined ? chat : undefined;
	}

	/** The conversation that is shown, if it can be changed and nobody generates in it. */
	#restingChat(): OpenedChat | undefined {
		const chat = this.#writableChat();
		return chat && !this.#answers.isRunning(chat) && !chat.fileState.answeredElsewhere
			? chat
			: undefined;
	}
}
