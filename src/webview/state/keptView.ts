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

/** The number of conversations whose reading position is kept. */
const maxPositions = 20;

/**
 * The state of one view that survives hiding and reloading: the draft, pending messages, edits, and reading positions.
 *
 * Invariant: every change is stored in VS Code before it is published. Draft and edits, which VS Code can lose when a
 * window is killed, are also sent to the host soon after.
 */
export class KeptView {
	readonly #port: HostPort;
	readonly #makeTurnId: () => string;
	readonly #changed: () => void;
	readonly #report: UnsentReport;
	/** The state at the start of the page, until the host has sent its copy. */
	#first: UnsentText | undefined;
	#state: ViewState;

	/**
	 * @param makeTurnId creates the id of a new turn
	 * @param changed is called after every change of the draft or an edit
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
	 * Merges the host's copy of draft and edits, if it is newer than the page's initial state. Text typed since then
	 * stays after the restored draft, and edits begun or changed since then stay as they are. If the host's copy is
	 * older, reports the current one.
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

	/** Called before the page is closed. */
	dispose(): void {
		this.#report.flush();
	}

	/** Applies a new state of the conversation. */
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

	/** Sends the draft, if it is not empty. */
	sendDraft(chat: ChatState): void {
		this.#send(sendDraft(this.#state, chat, this.#makeTurnId));
	}

	/** Sends a message that was not typed here; the draft stays. */
	sendBeforeDraft(text: string, chat: ChatState): void {
		this.#send(sendBeforeDraft(this.#state, chat, text, this.#makeTurnId));
	}

	/** Withdraws the waiting message, and puts its text before the draft. */
	takeBack({ turnId, text }: QueuedMessage): void {
		this.#keep({
			draft: joined(text, this.draft),
			pending: this.#state.pending.filter((message) => message.turnId !== turnId),
		});
		this.#report.replaced(this.#unsent);
		this.#port.send({ type: "removeQueued" });
	}

	/** Applies an action in a message that is being edited. */
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

	/** Returns the reading position in a conversation; `undefined` for its end. */
	positionIn(chatId: ChatId): ReadingPosition | undefined {
		return this.#state.positions.find((position) => position.chatId === chatId);
	}

	/** @param position the reading position; `undefined` for the end of the conversation */
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
