import type { ChatId, ChatState, QueuedMessage, UserTurn } from "../protocol/chat";
import type { KeptDraft } from "../protocol/keptDraft";
import { joined, reconcileDraft, sendBeforeDraft, sendDraft, type SentDraft } from "./draft";
import { DraftReport } from "./draftReport";
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
 * Invariant: every change is with VS Code before anyone hears of it. The draft, which VS Code may forget with a window
 * that is killed, is with the host as well, soon after.
 */
export class KeptView {
	readonly #port: HostPort;
	readonly #makeTurnId: () => string;
	readonly #changed: () => void;
	readonly #report: DraftReport;
	/** The draft that the page began with, until the host has told its own. */
	#first: KeptDraft | undefined;
	#state: ViewState;

	/**
	 * @param makeTurnId names a new turn
	 * @param changed hears of every change of the draft or an edit
	 */
	constructor(port: HostPort, makeTurnId: () => string, changed: () => void) {
		this.#port = port;
		this.#makeTurnId = makeTurnId;
		this.#changed = changed;
		this.#report = new DraftReport((draft) => {
			port.send({ type: "keepDraft", ...draft });
		});
		this.#state = port.readState();
		this.#first = this.#keptDraft;
	}

	get draft(): string {
		return this.#state.draft;
	}

	get edits(): readonly MessageEdit[] {
		return this.#state.edits;
	}

	/**
	 * Takes in what the host kept of the draft, where it is newer than what the page began with; what was typed since
	 * stays behind it. Tells the host, where its copy is older.
	 */
	restoreDraft(kept: KeptDraft = { text: "", revision: 0 }): void {
		const first = this.#first;
		this.#first = undefined;
		if (first && kept.revision > first.revision) {
			const { draft, draftRevision } = this.#state;
			const isTyped = draft !== first.text;
			this.#keep({
				draft: isTyped ? joined(kept.text, draft) : kept.text,
				draftRevision: isTyped ? Math.max(kept.revision, draftRevision) + 1 : kept.revision,
			});
		}
		if (this.#state.draftRevision > kept.revision) {
			this.#report.replaced(this.#keptDraft);
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
			const isReplaced = draft !== this.#state.draft;
			this.#keep({ draft, pending, edits });
			if (isReplaced) {
				this.#report.replaced(this.#keptDraft);
			}
		}
	}

	changeDraft(draft: string): void {
		this.#keep({ draft });
		this.#report.typed(this.#keptDraft);
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
		this.#report.replaced(this.#keptDraft);
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

	get #keptDraft(): KeptDraft {
		return { text: this.draft, revision: this.#state.draftRevision };
	}

	#keep(change: Partial<ViewState>): void {
		const { draft, draftRevision } = this.#state;
		const isChanged = change.draft !== undefined && change.draft !== draft;
		this.#state = {
			...this.#state,
			draftRevision: draftRevision + (isChanged ? 1 : 0),
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
): Omit<ViewState, "draftRevision" | "positions"> {
	return { ...reconcileDraft(state, chat, before), edits: reconcileEdits(state.edits, chat) };
}
