import { randomUUID } from "node:crypto";
import type { AssistantTurn, TurnOutcome } from "../../protocol/chat/chat";
import type { ChatId, TurnId } from "../../protocol/chat/ids";
import type { InferenceFailure } from "../../protocol/failure";
import type { OpenedChat } from "../conversation/chatLibrary";
import type { ChatRecord, StoredUserTurn } from "../conversation/chatRecord";
import type { Disposable } from "../base/disposableStore";
import { failureOfAnswer } from "./answerOutcome";
import { AnswerRun, type AnswerRequest, type AnswerRunParts, type RunEnd } from "./answerRun";

/**
 * What to restore if an answer never begins. `message`: a message that was just sent, to remove again. `headBefore`: the
 * head to return to, which is undeleted if it was deleted for the new answer.
 */
export type WayBack = { readonly message: StoredUserTurn } | { readonly headBefore: TurnId | null };

export interface RunningAnswersListener {
	/** Called after a message was removed from the shown chat, because its answer never began. */
	readonly onRefused: (
		chat: OpenedChat,
		user: StoredUserTurn,
		failure: InferenceFailure | undefined,
	) => void;
	readonly onEnded: (chat: OpenedChat, outcome: TurnOutcome) => void;
	/** Called before the model is asked for an answer. */
	readonly onAsked: () => void;
	/** Called when no answer is running any more; the last one was in `chat`. */
	readonly onFree: (chat: OpenedChat) => void;
}

interface Current {
	readonly run: AnswerRun;
	/** `undefined` if the run continues an answer: then there is nothing to restore. */
	readonly wayBack: WayBack | undefined;
}

/**
 * The running answers: at most one per chat, generated one after the other.
 *
 * Ties each answer to its chat, which `TurnQueue` and `RequestTurns` cannot: they only order work. An answer can
 * therefore be stopped by chat, end in its conversation before the model has stopped, and be undone if it never begins.
 */
export class RunningAnswers implements Disposable {
	readonly #parts: AnswerRunParts;
	readonly #listener: RunningAnswersListener;
	readonly #current = new Map<OpenedChat, Current>();
	#settled: Promise<void> = Promise.resolve();

	constructor(parts: AnswerRunParts, listener: RunningAnswersListener) {
		this.#parts = parts;
		this.#listener = listener;
	}

	/** Resolves when the language model has finished all answers requested so far. Never rejects. */
	get whenSettled(): Promise<void> {
		return this.#settled;
	}

	isRunning(chat: OpenedChat): boolean {
		return this.#current.has(chat);
	}

	/** Starts a new answer to a user turn. @returns the answer to show until the conversation contains it */
	startAnswer(chat: OpenedChat, userTurnId: TurnId, wayBack: WayBack): AssistantTurn {
		const answerId = randomUUID();
		const startedAtMs = this.#parts.clock.nowMs();
		const empty = { role: "assistant", id: answerId, startedAtMs, thought: "", reply: "" } as const;
		const turn = { ...empty, thoughtDurationMs: null, outcome: null };
		const opening = { type: "turn", parentId: userTurnId, turn } as const;
		const request = { chat, answerId, opening, earlierStats: undefined };
		const state = this.start(request, wayBack);
		return { ...empty, thoughtDurationMs: undefined, state };
	}

	/** Starts an answer, or the rest of one. */
	start(request: AnswerRequest, wayBack?: WayBack): AssistantTurn["state"] {
		this.#listener.onAsked();
		const { chat, answerId, opening } = request;
		const progress = { kind: this.#current.size > 0 ? "waiting" : "preparing" } as const;
		const current = { run: new AnswerRun(this.#parts, request), wayBack };
		this.#current.set(chat, current);
		this.#parts.shown.setRunning(chat, {
			answerId,
			progress,
			...(opening.type === "turn" ? { opening } : {}),
		});
		// One after the other: the language model may still be stopping an abandoned answer.
		this.#settled = this.#settled
			.then(() => current.run.carryOut())
			.catch((error: unknown) => {
				const failure = failureOfAnswer(error, this.#parts.log);
				return { kind: "ended", outcome: { kind: "failed", failure } } as const;
			})
			.then((end) => {
				if (this.#current.get(chat) === current) {
					this.#settle(chat, current, () => {
						this.#writeEnd(chat, current, end);
					});
				}
			});
		return { kind: "running", progress };
	}

	/** Stops the answer in a chat or, if none runs there, the first running one. Keeps its text. */
	stop(chat: OpenedChat | undefined): void {
		const current = (chat && this.#current.get(chat)) ?? [...this.#current.values()][0];
		current?.run.stop();
	}

	/** Ends the thought of a running answer, so that its reply begins. */
	answerNow(answerId: TurnId): void {
		for (const { run } of this.#current.values()) {
			if (run.request.answerId === answerId) {
				run.answerNow();
			}
		}
	}

	/** Stops the answer in a chat at once. The language model may take a moment longer. */
	abandon(chat: OpenedChat): void {
		const current = this.#current.get(chat);
		if (current) {
			current.run.abandon();
			this.#settle(chat, current, () => {
				current.run.end({ kind: "stopped", stats: undefined });
				this.#parts.shown.setRunning(chat, undefined);
			});
		}
	}

	/** Abandons the answer in the chat with this id. Resolves when its text is saved. */
	async abandonIn(id: ChatId): Promise<void> {
		for (const chat of [...this.#current.keys()].filter(
			({ conversation }) => conversation.id === id,
		)) {
			this.abandon(chat);
			await chat.flush();
		}
	}

	/** Ends all answers as interrupted, because the window is closing. Keeps their text. */
	dispose(): void {
		for (const [chat, { run }] of this.#current) {
			this.#current.delete(chat);
			run.abandon();
			run.end({ kind: "interrupted" });
		}
	}

	/** Ends a run. Never throws: even if `writeEnd` has a bug, no answer is left running. */
	#settle(chat: OpenedChat, { run }: Current, writeEnd: () => void): void {
		this.#current.delete(chat);
		try {
			writeEnd();
		} catch (error) {
			const outcome = { kind: "failed", failure: failureOfAnswer(error, this.#parts.log) } as const;
			try {
				chat.write([{ type: "ended", turnId: run.request.answerId, outcome }], "durable");
				this.#parts.shown.setRunning(chat, undefined);
				this.#parts.shown.refresh(chat);
			} catch (again) {
				failureOfAnswer(again, this.#parts.log);
			}
		}
		if (this.#current.size === 0) {
			this.#listener.onFree(chat);
		}
	}

	#writeEnd(chat: OpenedChat, { run, wayBack }: Current, end: RunEnd): void {
		const { shown } = this.#parts;
		if (end.kind === "notBegun" && wayBack && "message" in wayBack && chat === shown.chat) {
			const { message } = wayBack;
			const growing = end.failure?.kind === "answeredElsewhere" && growingAnswer(chat);
			chat.write(
				[
					{ type: "deleted", turnId: message.id, deleted: true },
					// The message also moved the path that the answering window shows. An answer that arrives later moves it itself.
					...(growing ? [{ type: "head", turnId: growing } as const] : []),
				],
				"now",
			);
			shown.setRunning(chat, undefined);
			this.#listener.onRefused(chat, message, end.failure);
			return;
		}
		const isGivenUp = end.kind === "notBegun" && !end.failure;
		if (run.isAsBefore) {
			shown.setRunning(chat, undefined);
			shown.refresh(chat);
			return;
		}
		if (isGivenUp && wayBack && "headBefore" in wayBack) {
			this.#giveUp(chat, run, wayBack.headBefore);
			return;
		}
		const outcome = end.kind === "ended" ? end.outcome : this.#outcomeOf(run, end.failure);
		run.end(outcome);
		this.#listener.onEnded(chat, outcome);
		if (!this.#current.has(chat)) {
			shown.setRunning(chat, undefined);
		}
	}

	/** Restores the conversation to its state before the answer was requested. */
	#giveUp(chat: OpenedChat, run: AnswerRun, headBefore: TurnId | null): void {
		const { shown } = this.#parts;
		const { answerId } = run.request;
		const changes: ChatRecord[] = [];
		if (run.isOpen) {
			changes.push({ type: "deleted", turnId: answerId, deleted: true });
		}
		if (headBefore !== null && !chat.conversation.turn(headBefore)) {
			changes.push({ type: "deleted", turnId: headBefore, deleted: false });
		}
		if (changes.length > 0) {
			chat.write([...changes, { type: "head", turnId: headBefore }], "now");
		}
		shown.setRunning(chat, undefined);
		shown.refresh(chat);
	}

	#outcomeOf(run: AnswerRun, failure: InferenceFailure | undefined): TurnOutcome {
		return failure
			? { kind: "failed", failure }
			: { kind: "stopped", stats: run.request.earlierStats };
	}
}

/** Returns the answer that another window generates in this chat. This window must not generate one in it. */
function growingAnswer({ conversation }: OpenedChat): TurnId | undefined {
	return [...conversation.turns()].findLast(
		({ turn }) => turn.role === "assistant" && turn.outcome === null,
	)?.turn.id;
}
