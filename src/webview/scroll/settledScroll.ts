import type { ChatId } from "../../protocol/chat/ids";

/** The pause after which a scroll position is saved. */
const settledMs = 150;

/** Reports when the reader has stopped scrolling. */
export class SettledScroll {
	readonly #settled: (chatId: ChatId) => void;
	#settling: ReturnType<typeof setTimeout> | undefined;

	constructor(settled: (chatId: ChatId) => void) {
		this.#settled = settled;
	}

	/** Called when the conversation is scrolled. */
	moved(chatId: ChatId): void {
		this.dispose();
		this.#settling = setTimeout(() => {
			this.#settled(chatId);
		}, settledMs);
	}

	/** Called before another conversation is shown. */
	end(chatId: ChatId): void {
		this.dispose();
		this.#settled(chatId);
	}

	dispose(): void {
		clearTimeout(this.#settling);
	}
}
