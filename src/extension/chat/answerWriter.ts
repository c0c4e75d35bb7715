import type { TurnId } from "../../protocol/chat";
import type { TextChannel } from "../../protocol/chatEvent";
import type { Clock } from "../clock";
import type { ChatStore } from "./chatStore";

/**
 * Publishes what one answer consists of, as it comes or, while `streaming` is off, at its end.
 *
 * Thoughts come first and have their own time: they end with the first text of the reply, or with the answer.
 */
export class AnswerWriter {
	readonly #store: ChatStore;
	readonly #clock: Clock;
	readonly #turnId: TurnId;
	readonly #publishedLength: Record<TextChannel, number> = { thought: 0, reply: 0 };
	readonly #pending: Record<TextChannel, string> = { thought: "", reply: "" };
	#decoding = false;
	#thinkingSinceMs: number | undefined;
	#thoughtMs = 0;
	/** Thinking ended, which no view has been told yet. */
	#thoughtEndDue = false;

	constructor(store: ChatStore, clock: Clock, turnId: TurnId) {
		this.#store = store;
		this.#clock = clock;
		this.#turnId = turnId;
	}

	prefill(doneTokens: number, totalTokens: number): void {
		if (!this.#decoding) {
			const progress = { kind: "prefill", doneTokens, totalTokens } as const;
			this.#store.publish({ type: "progressed", turnId: this.#turnId, progress });
		}
	}

	text(channel: TextChannel, text: string): void {
		if (text === "") {
			return;
		}
		if (!this.#decoding) {
			this.#decoding = true;
			this.#store.publish({
				type: "progressed",
				turnId: this.#turnId,
				progress: { kind: "decoding" },
			});
		}
		if (channel === "reply") {
			this.#stopThinking();
		} else {
			this.#thinkingSinceMs ??= this.#clock.nowMs();
		}
		this.#pending[channel] += text;
		if (this.#store.state.settings.effective.streaming) {
			this.#flush();
		}
	}

	/** Publishes what is left. To be called before the turn ends, however it ends. */
	end(): void {
		this.#stopThinking();
		this.#flush();
	}

	#stopThinking(): void {
		if (this.#thinkingSinceMs !== undefined) {
			this.#thoughtMs += this.#clock.nowMs() - this.#thinkingSinceMs;
			this.#thinkingSinceMs = undefined;
			this.#thoughtEndDue = true;
		}
	}

	#flush(): void {
		this.#flushChannel("thought");
		if (this.#thoughtEndDue) {
			this.#thoughtEndDue = false;
			this.#store.publish({
				type: "thoughtEnded",
				turnId: this.#turnId,
				durationMs: this.#thoughtMs,
			});
		}
		this.#flushChannel("reply");
	}

	#flushChannel(channel: TextChannel): void {
		const text = this.#pending[channel];
		if (text !== "") {
			const offset = this.#publishedLength[channel];
			this.#pending[channel] = "";
			this.#publishedLength[channel] += text.length;
			this.#store.publish({
				type: "textAppended",
				turnId: this.#turnId,
				channel,
				offset,
				text,
			});
		}
	}
}
