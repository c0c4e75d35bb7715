import {
	runningAnswer,
	type AssistantTurn,
	type TurnId,
	type TurnOutcome,
	type UserTurn,
} from "../../protocol/chat";
import type { InferenceFailure } from "../../protocol/failure";
import type { Disposable } from "../disposableStore";
import { describeError } from "../log";
import { failureOf, hasFailed, startedAnswer } from "./answerOutcome";
import { AnswerRun, type AnswerRunParts, type RunEnd } from "./answerRun";
import { ClearedChat } from "./clearedChat";

/** The answer that is on its way. */
interface Current {
	readonly run: AnswerRun;
	readonly user: UserTurn;
	/** The failed answer that this one is to replace. */
	readonly replaced: AssistantTurn | undefined;
}

/**
 * The life of the conversation: at most one answer is on its way, and it is always the last turn.
 *
 * Calls that come too late or twice (a second click, an answer that has just ended) do nothing.
 */
export class ChatSession implements Disposable {
	readonly #parts: AnswerRunParts;
	readonly #cleared: ClearedChat;
	#current: Current | undefined;
	#settled: Promise<void> = Promise.resolve();

	constructor(parts: AnswerRunParts) {
		this.#parts = parts;
		this.#cleared = new ClearedChat(parts.clock);
	}

	/** Settles when the backend has nothing more to do for the answers asked for so far. Never rejects. */
	get whenSettled(): Promise<void> {
		return this.#settled;
	}

	/** Sends a message with the code that lies in the composer. */
	submit(turnId: TurnId, text: string): void {
		const { store, log, clock } = this.#parts;
		const { turns, attachments } = store.state;
		if (this.#current || turns.some((turn) => turn.id === turnId)) {
			log.warn("a message was not sent: an answer is on its way, or it was sent already");
			return;
		}
		if (text.trim() === "" && attachments.length === 0) {
			log.warn("an empty message was not sent");
			return;
		}
		this.#cleared.take();
		const user: UserTurn = { role: "user", id: turnId, text, attachments };
		const answer = startedAnswer(clock.nowMs());
		store.publish({ type: "turnStarted", user, answer });
		this.#parts.attachments.releaseUnused([]);
		this.#start(user, answer.id, undefined);
	}

	/** Ends the running answer; what was received is kept. */
	stop(): void {
		this.#current?.run.stop();
	}

	/** Generates the last, failed answer again, or sends the refused message again. */
	retry(): void {
		const { store, log, clock } = this.#parts;
		const { refusal, turns } = store.state;
		if (this.#current) {
			log.warn("nothing was retried: an answer is on its way");
			return;
		}
		if (refusal) {
			this.submit(refusal.turnId, refusal.text);
			return;
		}
		const [user, failed] = turns.slice(-2);
		if (user?.role === "user" && failed?.role === "assistant" && hasFailed(failed)) {
			const answer = startedAnswer(clock.nowMs());
			store.publish({ type: "answerRestarted", answer });
			this.#start(user, answer.id, failed);
		}
	}

	dismissRefusal(): void {
		if (this.#parts.store.state.refusal) {
			this.#parts.store.publish({ type: "refusalDismissed" });
		}
	}

	/** Empties the conversation, ending a running answer first. For a moment it can be had back. */
	clear(): void {
		const { store, attachments } = this.#parts;
		this.#abandonCurrent();
		const { turns, visibleFrom } = store.state;
		if (turns.length === 0) {
			// A second click must not take the undo of the first away.
			this.dismissRefusal();
			return;
		}
		this.#cleared.keep({ turns, visibleFrom }, () => {
			store.publish({ type: "undoExpired" });
			attachments.releaseUnused([]);
		});
		store.publish({ type: "cleared" });
		attachments.releaseUnused(turns);
	}

	/** Brings back what `clear` took, if that was a moment ago and nothing was said since. */
	undoClear(): void {
		const cleared = this.#cleared.take();
		if (cleared) {
			this.#parts.store.publish({ type: "clearUndone", ...cleared });
		}
	}

	dispose(): void {
		this.#cleared.dispose();
		this.#current?.run.abandon();
		this.#current = undefined;
	}

	/** Ends the running answer for the conversation at once; the backend may take a moment more. */
	#abandonCurrent(): void {
		const current = this.#current;
		if (current) {
			current.run.abandon();
			this.#finish(
				current,
				current.replaced && !current.run.hasBegun
					? { kind: "notBegun", failure: undefined }
					: { kind: "ended", outcome: { kind: "stopped", stats: undefined } },
			);
		}
	}

	#start(user: UserTurn, answerId: TurnId, replaced: AssistantTurn | undefined): void {
		const current = { run: new AnswerRun(this.#parts, answerId), user, replaced };
		this.#current = current;
		// One after the other: the backend may still be ending an answer that was abandoned.
		this.#settled = this.#settled
			.then(() => current.run.carryOut())
			.catch((error: unknown) => ({ kind: "ended", outcome: this.#failed(error) }) as const)
			.then((end) => {
				if (this.#current === current) {
					this.#finish(current, end);
				}
			});
	}

	/** Never throws: whatever a bug prevents, no answer is left running. */
	#finish(current: Current, end: RunEnd): void {
		const { store, log } = this.#parts;
		this.#current = undefined;
		try {
			this.#publishEnd(current, end);
		} catch (error) {
			const outcome = this.#failed(error);
			const turnId = current.run.answerId;
			try {
				if (runningAnswer(store.state)?.id === turnId) {
					store.publish({ type: "turnEnded", turnId, outcome });
				}
			} catch (again) {
				log.error(describeError(again));
			}
		}
	}

	#failed(error: unknown): TurnOutcome {
		return { kind: "failed", failure: failureOf(error, this.#parts.log) };
	}

	#publishEnd({ run, user, replaced }: Current, end: RunEnd): void {
		const { store } = this.#parts;
		if (end.kind === "ended") {
			store.publish({ type: "turnEnded", turnId: run.answerId, outcome: end.outcome });
		} else if (replaced) {
			store.publish({ type: "answerRestarted", answer: failedWith(replaced, end.failure) });
		} else {
			this.#takeBack(user, end.failure);
		}
	}

	/** Lays a message that the model never saw into the composer again, before what lies there by now. */
	#takeBack(user: UserTurn, failure: InferenceFailure | undefined): void {
		const { store } = this.#parts;
		const sent = new Set(user.attachments.map((chip) => chip.id));
		store.publish({
			type: "turnRefused",
			refusal: { turnId: user.id, text: user.text, failure },
			attachments: [
				...user.attachments,
				...store.state.attachments.filter((chip) => !sent.has(chip.id)),
			],
		});
	}
}

/** @returns the answer with the text it had, ended by `failure`, or as it was if there is none. */
function failedWith(answer: AssistantTurn, failure: InferenceFailure | undefined): AssistantTurn {
	return failure
		? { ...answer, state: { kind: "ended", outcome: { kind: "failed", failure } } }
		: answer;
}
