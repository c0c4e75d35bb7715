import type { Undoable } from "../../protocol/chat";
import type { Clock } from "../clock";
import type { OpenedChat } from "../conversation/chatLibrary";
import type { ChatRecord } from "../conversation/chatRecord";
import type { Disposable } from "../disposableStore";
import type { ShownChat } from "./shownChat";

/** How long what was taken from a conversation can be had back. */
export const undoMs = 10_000;

/** Offers to undo what was done last, for `undoMs`. */
export class UndoOffer implements Disposable {
	readonly #shown: ShownChat;
	readonly #clock: Clock;
	#offer:
		| {
				readonly chat: OpenedChat;
				readonly records: readonly ChatRecord[];
				readonly expiry: Disposable;
		  }
		| undefined;

	constructor(shown: ShownChat, clock: Clock) {
		this.#shown = shown;
		this.#clock = clock;
	}

	/** Offers to write `records`, which undo what was done to `chat`, in place of what was offered before. */
	make(chat: OpenedChat, undoable: Undoable, records: readonly ChatRecord[]): void {
		this.withdraw();
		const expiry = this.#clock.after(undoMs, () => {
			this.withdraw();
		});
		this.#offer = { chat, records, expiry };
		this.#shown.publish(chat, { type: "undoOffered", undoable });
	}

	/** Undoes what is offered, if the conversation is still shown. */
	accept(): void {
		const offer = this.#offer;
		this.withdraw();
		if (offer && offer.chat === this.#shown.chat) {
			offer.chat.write(offer.records, "durable");
			this.#shown.refresh(offer.chat);
		}
	}

	/** Something else was done, or the time is over. */
	withdraw(): void {
		const offer = this.#offer;
		this.#offer = undefined;
		offer?.expiry.dispose();
		if (offer) {
			this.#shown.publish(offer.chat, { type: "undoEnded" });
		}
	}

	dispose(): void {
		this.#offer?.expiry.dispose();
		this.#offer = undefined;
	}
}
