import type { Undoable } from "../../protocol/chat/chat";
import type { ChatId } from "../../protocol/chat/ids";
import type { OpenedChat } from "../conversation/chatLibrary";
import type { ChatRecord } from "../conversation/chatRecord";
import type { Disposable } from "../base/disposableStore";
import { UserError } from "../base/userError";
import type { ChatStore } from "./chatStore";
import type { ShownChat } from "./shownChat";
import { t } from "../../wording/localize";

/** Undoes an action: by records in the same chat, or by showing the previous chat. */
type Offer =
	| { readonly undoable: Undoable; readonly records: readonly ChatRecord[] }
	| { readonly undoable: Undoable; readonly returnsTo: ChatId };

/**
 * Offers to undo actions in each chat since its last message, the latest first. An offer lasts until the next message
 * in its chat, even while another chat is shown.
 */
export class UndoOffers implements Disposable {
	readonly #shown: ShownChat;
	readonly #offers = new Map<ChatId, readonly Offer[]>();
	readonly #store: ChatStore;
	readonly #subscription: Disposable;

	constructor(shown: ShownChat, store: ChatStore) {
		this.#shown = shown;
		this.#store = store;
		this.#subscription = store.onDidPublish((fact) => {
			if (fact.type === "chatShown") {
				// Deferred, because listeners must not publish.
				queueMicrotask(() => {
					this.#publishLast();
				});
			}
		});
	}

	/** Offers to write `records`, which undo an action in `chat`. */
	make(chat: OpenedChat, undoable: Undoable, records: readonly ChatRecord[]): void {
		this.#push(chat, { undoable, records });
	}

	/** Offers to show the cleared chat, which `chat` replaced. */
	makeReturn(chat: OpenedChat, returnsTo: ChatId): void {
		this.#push(chat, { undoable: { kind: "clear" }, returnsTo });
	}

	/** Undoes the latest action in the shown chat. */
	async accept(): Promise<void> {
		const { chat } = this.#shown;
		const offers = chat ? this.#of(chat) : [];
		const offer = offers.at(-1);
		if (!chat || !offer) {
			return;
		}
		this.#set(chat.conversation.id, offers.slice(0, -1));
		if ("returnsTo" in offer) {
			if (!(await this.#shown.show(offer.returnsTo))) {
				throw new UserError(
					t("The cleared chat cannot be opened, because its file no longer exists."),
				);
			}
		} else {
			chat.write(offer.records, "durable");
			this.#shown.refresh(chat);
		}
		this.#publishLast();
	}

	/** Removes the offers of `chat`. Called when a message or an answer begins. */
	withdraw(chat: OpenedChat): void {
		this.#offers.delete(chat.conversation.id);
		this.#publishLast();
	}

	/** Removes all offers of and to a chat that is about to be deleted. */
	forget(id: ChatId): void {
		this.#offers.delete(id);
		for (const [chatId, offers] of this.#offers) {
			const left = offers.filter((offer) => !("returnsTo" in offer) || offer.returnsTo !== id);
			this.#set(chatId, left);
		}
		this.#publishLast();
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#offers.clear();
	}

	#push(chat: OpenedChat, offer: Offer): void {
		this.#set(chat.conversation.id, [...this.#of(chat), offer]);
		this.#publishLast();
	}

	#set(id: ChatId, offers: readonly Offer[]): void {
		if (offers.length > 0) {
			this.#offers.set(id, offers);
		} else {
			this.#offers.delete(id);
		}
	}

	/** Returns the offers of a chat, without those whose deleted turns are no longer in the file. */
	#of({ conversation }: OpenedChat): readonly Offer[] {
		return (this.#offers.get(conversation.id) ?? []).filter(
			(offer) =>
				"returnsTo" in offer ||
				offer.records.every(
					(record) => record.type !== "deleted" || conversation.has(record.turnId),
				),
		);
	}

	/** Publishes what can be undone in the shown chat. */
	#publishLast(): void {
		const { chat } = this.#shown;
		const undoable = chat && this.#of(chat).at(-1)?.undoable;
		if (undoable !== this.#store.state.undoable) {
			this.#store.publish(undoable ? { type: "undoOffered", undoable } : { type: "undoEnded" });
		}
	}
}
