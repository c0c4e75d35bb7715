import type { TextChannel } from "../../protocol/chat/chatEvent";

/** Least time between two messages, in milliseconds: one frame of a 60 Hz screen. */
export const batchIntervalMs = 16;

/**
 * Joins the pieces of an answer into at most one message per 16 ms. A piece that could be sent at once is still sent in
 * a later turn of the event loop, so that the engine starts the next token without waiting for it.
 *
 * Invariant: the messages, joined, equal the appended pieces in order, whatever their channels.
 */
export class DeltaBatcher {
	readonly #send: (channel: TextChannel, text: string) => void;
	/** Runs of text; neighbors have different channels. */
	readonly #waiting: { readonly channel: TextChannel; text: string }[] = [];
	#timer: NodeJS.Timeout | undefined;

	constructor(send: (channel: TextChannel, text: string) => void) {
		this.#send = send;
	}

	append(channel: TextChannel, text: string): void {
		const last = this.#waiting.at(-1);
		if (last?.channel === channel) {
			last.text += text;
		} else if (text.length > 0) {
			this.#waiting.push({ channel, text });
		}
		this.#timer ??= setTimeout(() => {
			this.#tick();
		}, 0);
	}

	/** Sends everything that is waiting, immediately. */
	flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		for (const { channel, text } of this.#waiting.splice(0)) {
			this.#send(channel, text);
		}
	}

	#tick(): void {
		const next = this.#waiting.shift();
		if (next === undefined) {
			this.#timer = undefined;
			return;
		}
		this.#timer = setTimeout(() => {
			this.#tick();
		}, batchIntervalMs);
		this.#send(next.channel, next.text);
	}
}
