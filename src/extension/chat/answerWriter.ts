import type { AnswerProgress, AssistantTurn, TurnOutcome } from "../../protocol/chat/chat";
import type { TurnId } from "../../protocol/chat/ids";
import type { TextChannel } from "../../protocol/chat/chatEvent";
import type { Clock } from "../base/clock";
import type { OpenedChat } from "../conversation/chatLibrary";
import type { GrowingAnswer } from "../conversation/treeTurn";
import type { ChatStore } from "./chatStore";
import type { ShownChat } from "./shownChat";

export interface AnswerWriterParts {
	readonly store: ChatStore;
	readonly shown: ShownChat;
	readonly clock: Clock;
}

/**
 * Writes one answer to its chat as it arrives. If the window shows the chat, also publishes the text: at once or, if
 * the setting `streaming` is off, at the end.
 *
 * Thoughts precede the reply and are timed separately. A thought ends with the first text of the reply, or with the
 * answer.
 */
export class AnswerWriter {
	readonly #parts: AnswerWriterParts;
	readonly #chat: OpenedChat;
	readonly #turnId: TurnId;
	#decoding = false;
	#abandoned = false;
	#thinkingSinceMs: number | undefined;
	#thoughtMs: number;

	constructor(parts: AnswerWriterParts, chat: OpenedChat, turnId: TurnId) {
		this.#parts = parts;
		this.#chat = chat;
		this.#turnId = turnId;
		this.#thoughtMs = this.#answer?.thoughtDurationMs ?? 0;
	}

	/** Ignores progress and text from now on. `end` still works. */
	abandon(): void {
		this.#abandoned = true;
	}

	/** Publishes the progress of the answer. */
	progress(progress: AnswerProgress): void {
		if (this.#abandoned) {
			return;
		}
		const { shown, store } = this.#parts;
		shown.setRunning(this.#chat, { answerId: this.#turnId, progress });
		// Another window may have switched the chat to another path.
		if (this.#shownAnswer()) {
			store.publish({ type: "progressed", turnId: this.#turnId, progress });
		}
	}

	/** Publishes how many tokens of the prompt are evaluated. */
	readonly onPrefill = (doneTokens: number, totalTokens: number): void => {
		if (!this.#decoding) {
			this.progress({ kind: "prefill", doneTokens, totalTokens });
		}
	};

	/** Appends new text to the answer. */
	readonly onText = (channel: TextChannel, text: string): void => {
		const answer = this.#answer;
		if (text === "" || !answer || this.#abandoned) {
			return;
		}
		if (!this.#decoding) {
			this.#decoding = true;
			this.progress({ kind: "decoding" });
		}
		const endsThought = channel === "reply" && this.#thinkingSinceMs !== undefined;
		if (endsThought) {
			this.#stopThinking();
		} else if (channel === "thought") {
			this.#thinkingSinceMs ??= this.#parts.clock.nowMs();
		}
		const offset = answer[channel].length;
		const turnId = this.#turnId;
		this.#chat.write([{ type: "text", turnId, channel, offset, text }], "soon");
		const { store } = this.#parts;
		if (!store.state.settings.effective.streaming) {
			return;
		}
		if (!endsThought && this.#shownAnswer()?.[channel].length === offset) {
			store.publish({ type: "textAppended", turnId, channel, offset, text });
		} else {
			this.#publish();
		}
	};

	/** Publishes the remaining text, then writes and publishes the outcome. */
	end(outcome: TurnOutcome): void {
		this.#stopThinking();
		this.#publish();
		const turnId = this.#turnId;
		this.#chat.write([{ type: "ended", turnId, outcome }], "durable");
		if (this.#shownAnswer()) {
			this.#parts.store.publish({ type: "turnEnded", turnId, outcome });
		}
	}

	get #answer(): GrowingAnswer | undefined {
		const turn = this.#chat.conversation.turn(this.#turnId);
		return turn?.role === "assistant" ? turn : undefined;
	}

	#stopThinking(): void {
		if (this.#thinkingSinceMs !== undefined) {
			this.#thoughtMs += this.#parts.clock.nowMs() - this.#thinkingSinceMs;
			this.#thinkingSinceMs = undefined;
			const durationMs = this.#thoughtMs;
			this.#chat.write([{ type: "thoughtEnded", turnId: this.#turnId, durationMs }], "soon");
		}
	}

	/** Publishes the text that views lack because streaming was off or another chat was shown. */
	#publish(): void {
		const answer = this.#answer;
		const shown = this.#shownAnswer();
		if (!answer || !shown) {
			return;
		}
		this.#publishText("thought", answer, shown);
		if (answer.thoughtDurationMs !== null && shown.thoughtDurationMs !== answer.thoughtDurationMs) {
			this.#parts.store.publish({
				type: "thoughtEnded",
				turnId: this.#turnId,
				durationMs: answer.thoughtDurationMs,
			});
		}
		this.#publishText("reply", answer, shown);
	}

	#publishText(channel: TextChannel, answer: GrowingAnswer, shown: AssistantTurn): void {
		const offset = shown[channel].length;
		if (answer[channel].length > offset) {
			const text = answer[channel].slice(offset);
			const turnId = this.#turnId;
			this.#parts.store.publish({
				type: "textAppended",
				turnId,
				channel,
				offset,
				text,
			});
		}
	}

	/** Returns the answer as views have it; `undefined` if they show another chat or path. */
	#shownAnswer(): AssistantTurn | undefined {
		const last = this.#parts.shown.chat === this.#chat && this.#parts.store.state.turns.at(-1);
		return last && last.role === "assistant" && last.id === this.#turnId ? last : undefined;
	}
}
