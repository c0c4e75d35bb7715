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
 * What there is again if an answer never begins: a message that was just sent is taken back, or the path ends with the
 * turn that it ended with, which comes back if it was deleted for the answer's sake.
 */
export type WayBack = { readonly message: StoredUserTurn } | { readonly headBefore: TurnId | null };

export interface RunningAnswersListener {
	/** A message was taken back from the conversation that is shown; its turns are gone. */
	readonly onRefused: (
		chat: OpenedChat,
		user: StoredUserTurn,
		failure: InferenceFailure | undefined,
	) => void;
	readonly onEnded: (chat: OpenedChat, outcome: TurnOutcome) => void;
	/** The model is about to be asked for an answer. */
	readonly onAsked: () => void;
	/** No answer is on its way any more; the last was in `chat`. */
	readonly onFree: (chat: OpenedChat) => void;
}

interface Current {
	readonly run: AnswerRun;
	/** `undefined` where nothing is to be undone: an answer that goes on is as it was. */
	readonly wayBack: WayBack | undefined;
}

/** The answers that are on their way: at most one in each conversation, generated one after the other. */
export class RunningAnswers implements Disposable {
	readonly #parts: AnswerRunParts;
	readonly #listener: RunningAnswersListener;
	readonly #current = new Map<OpenedChat, Current>();
	#settled: Promise<void> = Promise.resolve();

	constructor(parts: AnswerRunParts, listener: RunningAnswersListener) {
		this.#parts = parts;
		this.#listener = listener;
	}

	/** Settles when the language model has nothing more to do for the answers asked for so far. Never rejects. */
	get whenSettled(): Promise<void> {
		return this.#settled;
	}

	isRunning(chat: OpenedChat): boolean {
		return this.#current.has(chat);
	}

	/** Has a new answer to a user's turn generated. @returns what is shown of it before it is in the conversation. */
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

	/** Has an answer generated, or the rest of one. */
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
		// One after the other: the language model may still be ending an answer that was abandoned.
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

	/** Ends the answer of a conversation, or of whichever is being answered; what was received is kept. */
	stop(chat: OpenedChat | undefined): void {
		const current = (chat && this.#current.get(chat)) ?? [...this.#current.values()][0];
		current?.run.stop();
	}

	/** Ends the thought of an answer, if it is on its way, so that its reply begins. */
	answerNow(answerId: TurnId): void {
		for (const { run } of this.#current.values()) {
			if (run.request.answerId === answerId) {
				run.answerNow();
			}
		}
	}

	/** Ends the answer of a conversation at once; the language model may take a moment more. */
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

	/** Abandons the answer of the conversation with this id. Settles when what was received is in its file. */
	async abandonIn(id: ChatId): Promise<void> {
		for (const chat of [...this.#current.keys()].filter(
			({ conversation }) => conversation.id === id,
		)) {
			this.abandon(chat);
			await chat.flush();
		}
	}

	/** Ends all answers with what was received: the window is about to be gone. */
	dispose(): void {
		for (const [chat, { run }] of this.#current) {
			this.#current.delete(chat);
			run.abandon();
			run.end({ kind: "interrupted" });
		}
	}

	/** Never throws: whatever a bug in `writeEnd` prevents, no answer is left running. */
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
					// The window that answers was turned to the message. An answer that is not here yet takes the path itself.
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

	/** Shows the conversation as it was before an answer was asked for. */
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

/** @returns the answer that another window generates in a conversation where this one generates none. */
function growingAnswer({ conversation }: OpenedChat): TurnId | undefined {
	return [...conversation.turns()].findLast(
		({ turn }) => turn.role === "assistant" && turn.outcome === null,
	)?.turn.id;
}
