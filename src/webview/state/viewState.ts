import type { ChatId, TurnId } from "../../protocol/chat/ids";
import type { MessageEdit } from "../../protocol/chat/unsentText";

/** A message on its way to the host, as the view that sent it remembers it. */
export interface PendingMessage {
	readonly chatId: ChatId;
	readonly turnId: TurnId;
	/** Should the host end before the answer begins, nothing else holds it. */
	readonly text: string;
	/** The host has shown it, so the draft no longer holds its text. */
	readonly taken: boolean;
}

/** Where the reader is in a conversation: `offsetPx` below the top of a turn. */
export interface ReadingPosition {
	readonly chatId: ChatId;
	readonly turnId: TurnId;
	readonly offsetPx: number;
}

/** What one view keeps over hiding and reloading. Everything else comes with a snapshot. */
export interface ViewState {
	readonly draft: string;
	/** Counts the changes of draft and edits, over all pages of the view. */
	readonly unsentRevision: number;
	/** The messages sent from here, until their answer has begun or the host gave them back. */
	readonly pending: readonly PendingMessage[];
	readonly edits: readonly MessageEdit[];
	/** Of the conversations read last, latest first; none for one that is read at its end. */
	readonly positions: readonly ReadingPosition[];
}

export const emptyViewState: ViewState = {
	draft: "",
	unsentRevision: 0,
	pending: [],
	edits: [],
	positions: [],
};

/** Reads what VS Code kept for the page: it may be missing or of another version, and is then dropped part by part. */
export function parseViewState(kept: unknown): ViewState {
	const { draft, unsentRevision, draftRevision, pending, edits, positions } = recordOf(kept);
	return {
		draft: typeof draft === "string" ? draft : "",
		// Versions that counted the changes of the draft alone called it `draftRevision`.
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
