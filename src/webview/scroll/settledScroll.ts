import type { ChatId } from "../../protocol/chat/ids";

/** Scrolling that has paused this long is worth remembering. */
const settledMs = 150;

/** Tells when the reader of a conversation has come to rest somewhere in it. */
export class SettledScroll {
	readonly #settled: (chatId: ChatId) => void;
	#settling: ReturnType<typeof setTimeout> | undefined;

	constructor(settled: (chatId: ChatId) => void) {
		this.#settled = settled;
	}

	/** The conversation is being scrolled. */
	moved(chatId: ChatId): void {
		this.dispose();
		this.#settling = setTimeout(() => {
			this.#settled(chatId);
		}, settledMs);
	}

	/** The reader leaves it there: another conversation is about to be shown. */
	end(chatId: ChatId): void {
		this.dispose();
		this.#settled(chatId);
	}

	dispose(): void {
		clearTimeout(this.#settling);
	}
}
