import type { ChatId, ChatState, QueuedMessage, UserTurn } from "../protocol/chat";
import { joined, reconcileDraft, sendBeforeDraft, sendDraft, type SentDraft } from "./draft";
import type { HostPort } from "./hostPort";
import {
	beginEdit,
	cancelEdit,
	changeEdit,
	reconcileEdits,
	sendEdit,
	type EditStep,
} from "./messageEdits";
import type { MessageEdit, ReadingPosition, ViewState } from "./viewState";

/** In so many conversations the place of the reader is kept. */
const maxPositions = 20;

/**
 * What one view keeps over hiding and reloading: the draft, the messages on their way, edits, and where the reader
 * was.
 *
 * Invariant: every change is with VS Code before anyone hears of it.
 */
export class KeptView {
	readonly #port: HostPort;
	readonly #makeTurnId: () => string;
	readonly #changed: () => void;
	#state: ViewState;

	/**
	 * @param makeTurnId names a new turn
	 * @param changed hears of every change of the draft or an edit
	 */
	constructor(port: HostPort, makeTurnId: () => string, changed: () => void) {
		this.#port = port;
		this.#makeTurnId = makeTurnId;
		this.#changed = changed;
		this.#state = port.readState();
	}

	get draft(): string {
		return this.#state.draft;
	}

	get edits(): readonly MessageEdit[] {
		return this.#state.edits;
	}

	/** Takes in a new state of the conversation. */
	follow(chat: ChatState, before: ChatState | undefined): void {
		const { draft, pending, edits } = reconciled(this.#state, chat, before);
		if (
			draft !== this.#state.draft ||
			pending !== this.#state.pending ||
			edits !== this.#state.edits
		) {
			this.#keep({ draft, pending, edits });
		}
	}

	changeDraft(draft: string): void {
		this.#keep({ draft });
	}

	/** Sends the draft, if there is something to send. */
	sendDraft(chat: ChatState): void {
		this.#send(sendDraft(this.#state, chat, this.#makeTurnId));
	}

	/** Sends a message that was not typed here; the draft stays. */
	sendBeforeDraft(text: string, chat: ChatState): void {
		this.#send(sendBeforeDraft(this.#state, chat, text, this.#makeTurnId));
	}

	/** Takes back the message that waits: its text stands in front of the draft. */
	takeBack({ turnId, text }: QueuedMessage): void {
		this.#keep({
			draft: joined(text, this.draft),
			pending: this.#state.pending.filter((message) => message.turnId !== turnId),
		});
		this.#port.send({ type: "removeQueued" });
	}

	/** Does what was done in a message that is being edited. */
	edit(step: EditStep, chat: ChatState): void {
		const { edits } = this.#state;
		switch (step.type) {
			case "begin":
				this.#keep({ edits: beginEdit(edits, step.editedId, step.text) });
				break;
			case "change":
				this.#keep({ edits: changeEdit(edits, step.editedId, step.text) });
				break;
			case "cancel":
				this.#keep({ edits: cancelEdit(edits, step.editedId) });
				break;
			case "send": {
				const edited = chat.turns.find(
					(turn): turn is UserTurn => turn.role === "user" && turn.id === step.editedId,
				);
				const hasAttachments = edited !== undefined && edited.attachments.length > 0;
				const sent = sendEdit(edits, step.editedId, hasAttachments, this.#makeTurnId);
				if (sent) {
					this.#keep({ edits: sent.edits });
					this.#port.send(sent.intent);
				}
			}
		}
	}

	/** @returns where the reader was in a conversation; `undefined`: at its end. */
	positionIn(chatId: ChatId): ReadingPosition | undefined {
		return this.#state.positions.find((position) => position.chatId === chatId);
	}

	/** @param position `undefined`: the reader is at the end of the conversation. */
	keepPosition(chatId: ChatId, position: ReadingPosition | undefined): void {
		const others = this.#state.positions.filter((other) => other.chatId !== chatId);
		const positions = [...(position ? [position] : []), ...others].slice(0, maxPositions);
		this.#state = { ...this.#state, positions };
		this.#port.writeState(this.#state);
	}

	#send(sent: SentDraft | undefined): void {
		if (sent) {
			this.#keep(sent.draft);
			this.#port.send(sent.intent);
		}
	}

	#keep(change: Partial<ViewState>): void {
		this.#state = { ...this.#state, ...change };
		this.#port.writeState(this.#state);
		this.#changed();
	}
}

function reconciled(
	state: ViewState,
	chat: ChatState,
	before: ChatState | undefined,
): Omit<ViewState, "positions"> {
	return { ...reconcileDraft(state, chat, before), edits: reconcileEdits(state.edits, chat) };
}
