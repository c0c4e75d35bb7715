import type { ChatId, TurnId } from "../../protocol/chat/ids";
import type { MessageEdit } from "../../protocol/chat/unsentText";

/** A pending message, as kept by the view that sent it. */
export interface PendingMessage {
	readonly chatId: ChatId;
	readonly turnId: TurnId;
	/** If the host ends before the answer begins, only the view still has the message. */
	readonly text: string;
	/** Whether the host has shown it, so that the draft no longer contains its text. */
	readonly taken: boolean;
}

/** A reading position: `offsetPx` below the top of a turn. */
export interface ReadingPosition {
	readonly chatId: ChatId;
	readonly turnId: TurnId;
	readonly offsetPx: number;
}

/** The state of one view that survives hiding and reloading. Everything else comes with a snapshot. */
export interface ViewState {
	readonly draft: string;
	/** The number of changes of draft and edits, over all pages of the view. */
	readonly unsentRevision: number;
	/** The messages sent from here until their answers begin or the host returns them. */
	readonly pending: readonly PendingMessage[];
	readonly edits: readonly MessageEdit[];
	/** The reading positions of the last conversations, latest first; none for a conversation at its end. */
	readonly positions: readonly ReadingPosition[];
}

export const emptyViewState: ViewState = {
	draft: "",
	unsentRevision: 0,
	pending: [],
	edits: [],
	positions: [],
};

/** Parses the state that VS Code kept for the page. Parts that are missing or of another version are dropped. */
export function parseViewState(kept: unknown): ViewState {
	const { draft, unsentRevision, draftRevision, pending, edits, positions } = recordOf(kept);
	return {
		draft: typeof draft === "string" ? draft : "",
		// Older versions, which counted only the changes of the draft, named it `draftRevision`.
		unsentRevision: countOf(unsentRevision ?? draftRevision),
		pending: listOf(pending, parsePending),
		edits: listOf(edits, parseEdit),
		positions: listOf(positions, parsePosition),
	};
}

function parsePending(kept: unknown): PendingMessage | undefined {
	const { chatId, turnId, text, taken } = recordOf(kept);
	return typeof chatId === "string" &&
		typeof turnId === "string" &&
		typeof text === "string" &&
		typeof taken === "boolean"
		? { chatId, turnId, text, taken }
		: undefined;
}

function parseEdit(kept: unknown): MessageEdit | undefined {
	const { editedId, text, sentAs } = recordOf(kept);
	return typeof editedId === "string" && typeof text === "string"
		? { editedId, text, sentAs: typeof sentAs === "string" ? sentAs : undefined }
		: undefined;
}

function parsePosition(kept: unknown): ReadingPosition | undefined {
	const { chatId, turnId, offsetPx } = recordOf(kept);
	return typeof chatId === "string" && typeof turnId === "string" && typeof offsetPx === "number"
		? { chatId, turnId, offsetPx }
		: undefined;
}

function countOf(kept: unknown): number {
	return Number.isSafeInteger(kept) && Number(kept) >= 0 ? Number(kept) : 0;
}

function listOf<T>(kept: unknown, parse: (item: unknown) => T | undefined): readonly T[] {
	return Array.isArray(kept) ? kept.flatMap((item) => parse(item) ?? []) : [];
}

function recordOf(value: unknown): Readonly<Partial<Record<string, unknown>>> {
	return typeof value === "object" && value !== null ? { ...value } : {};
}
