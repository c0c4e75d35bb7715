import type { ChatState, QueuedMessage, UserTurn } from "../../protocol/chat/chat";
import type { ChatId } from "../../protocol/chat/ids";
import type { MessageEdit, UnsentText } from "../../protocol/chat/unsentText";
import { joined, reconcileDraft, sendBeforeDraft, sendDraft, type SentDraft } from "./draft";
import type { HostPort } from "./hostPort";
import {
	beginEdit,
	cancelEdit,
	changeEdit,
	reconcileEdits,
	restoredEdits,
	sendEdit,
	type EditStep,
} from "./messageEdits";
import { UnsentReport } from "./unsentReport";
import type { ReadingPosition, ViewState } from "./viewState";

/** In so many conversations the place of the reader is kept. */
const maxPositions = 20;

/**
 * What one view keeps over hiding and reloading: the draft, the messages on their way, edits, and where the reader
 * was.
 *
 * Invariant: every change is with VS Code before anyone hears of it. Draft and edits, which VS Code may forget with a
 * window that is killed, are with the host as well, soon after.
 */
export class KeptView {
	readonly #port: HostPort;
	readonly #makeTurnId: () => string;
	readonly #changed: () => void;
	readonly #report: UnsentReport;
	/** What the page began with, until the host has told what it kept. */
	#first: UnsentText | undefined;
	#state: ViewState;

	/**
	 * @param makeTurnId names a new turn
	 * @param changed hears of every change of the draft or an edit
	 */
	constructor(port: HostPort, makeTurnId: () => string, changed: () => void) {
		this.#port = port;
		this.#makeTurnId = makeTurnId;
		this.#changed = changed;
		this.#report = new UnsentReport((unsent) => {
			port.send({ type: "keepUnsent", unsent });
		});
		this.#state = port.readState();
		this.#first = this.#unsent;
	}

	get draft(): string {
		return this.#state.draft;
	}

	get edits(): readonly MessageEdit[] {
		return this.#state.edits;
	}

	/**
	 * Takes in what the host kept of draft and edits, where it is newer than what the page began with. What was typed
	 * into the draft since stays behind the kept one, an edit begun or changed since as it is. Tells the host, where its
	 * copy is older.
	 */
	restoreUnsent(kept: UnsentText = { draft: "", edits: [], revision: 0 }): void {
		const first = this.#first;
		this.#first = undefined;
		if (first && kept.revision > first.revision) {
			const { draft, edits, unsentRevision } = this.#state;
			const isTyped = draft !== first.draft || edits !== first.edits;
			this.#keep({
				draft: draft === first.draft ? kept.draft : joined(kept.draft, draft),
				edits: restoredEdits(kept.edits, first.edits, edits),
				unsentRevision: isTyped ? Math.max(kept.revision, unsentRevision) + 1 : kept.revision,
			});
		}
		if (this.#state.unsentRevision > kept.revision) {
			this.#report.replaced(this.#unsent);
		}
	}

	/** The page is about to be gone. */
	dispose(): void {
		this.#report.flush();
	}

	/** Takes in a new state of the conversation. */
	follow(chat: ChatState, before: ChatState | undefined): void {
		const { draft, pending, edits } = reconciled(this.#state, chat, before);
		if (
			draft !== this.#state.draft ||
			pending !== this.#state.pending ||
			edits !== this.#state.edits
		) {
			const isReplaced = draft !== this.#state.draft || edits !== this.#state.edits;
			this.#keep({ draft, pending, edits });
			if (isReplaced) {
				this.#report.replaced(this.#unsent);
			}
		}
	}

	changeDraft(draft: string): void {
		this.#keep({ draft });
		this.#report.typed(this.#unsent);
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
		this.#report.replaced(this.#unsent);
		this.#port.send({ type: "removeQueued" });
	}

	/** Does what was done in a message that is being edited. */
	edit(step: EditStep, chat: ChatState): void {
		const { edits } = this.#state;
		switch (step.type) {
			case "begin":
				this.#keep({ edits: beginEdit(edits, step.editedId, step.text) });
				this.#report.typed(this.#unsent);
				break;
			case "change":
				this.#keep({ edits: changeEdit(edits, step.editedId, step.text) });
				this.#report.typed(this.#unsent);
				break;
			case "cancel":
				this.#keep({ edits: cancelEdit(edits, step.editedId) });
				this.#report.replaced(this.#unsent);
				break;
			case "send": {
				const edited = chat.turns.find(
					(turn): turn is UserTurn => turn.role === "user" && turn.id === step.editedId,
				);
				const hasAttachments = edited !== undefined && edited.attachments.length > 0;
				const sent = sendEdit(edits, step.editedId, hasAttachments, this.#makeTurnId);
				if (sent) {
					this.#keep({ edits: sent.edits });
					this.#report.replaced(this.#unsent);
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

	get #unsent(): UnsentText {
		const { draft, edits, unsentRevision } = this.#state;
		return { draft, edits, revision: unsentRevision };
	}

	#keep(change: Partial<ViewState>): void {
		const { draft, edits, unsentRevision } = this.#state;
		const isChanged = (change.draft ?? draft) !== draft || (change.edits ?? edits) !== edits;
		this.#state = {
			...this.#state,
			unsentRevision: unsentRevision + (isChanged ? 1 : 0),
			...change,
		};
		this.#port.writeState(this.#state);
		this.#changed();
	}
}

function reconciled(
	state: ViewState,
	chat: ChatState,
	before: ChatState | undefined,
): Omit<ViewState, "unsentRevision" | "positions"> {
	return { ...reconcileDraft(state, chat, before), edits: reconcileEdits(state.edits, chat) };
}
