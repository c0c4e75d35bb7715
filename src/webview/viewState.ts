import type { TurnId } from "../protocol/chat";

/** A message on its way to the host, as the view that sent it remembers it. */
export interface PendingMessage {
	readonly turnId: TurnId;
	/** Should the host end before the answer begins, nothing else holds it. */
	readonly text: string;
	/** The host has shown it, so the draft no longer holds its text. */
	readonly taken: boolean;
}

/** Where the reader is: `offsetPx` below the top of a turn. */
export interface ReadingPosition {
	readonly turnId: TurnId;
	readonly offsetPx: number;
}

/** What one view keeps over hiding and reloading. Everything else comes with a snapshot. */
export interface ViewState {
	readonly draft: string;
	/** The last message sent from here, until its answer has begun or the host gave it back. */
	readonly pending: PendingMessage | undefined;
	/** `undefined`: at the latest message. */
	readonly position: ReadingPosition | undefined;
}

export const emptyViewState: ViewState = { draft: "", pending: undefined, position: undefined };

/** Reads what VS Code kept for the page: it may be missing or of another version, and is then dropped part by part. */
export function parseViewState(kept: unknown): ViewState {
	const { draft, pending, position } = recordOf(kept);
	const { turnId, text, taken } = recordOf(pending);
	const { turnId: readTurnId, offsetPx } = recordOf(position);
	return {
		draft: typeof draft === "string" ? draft : "",
		pending:
			typeof turnId === "string" && typeof text === "string" && typeof taken === "boolean"
				? { turnId, text, taken }
				: undefined,
		position:
			typeof readTurnId === "string" && typeof offsetPx === "number"
				? { turnId: readTurnId, offsetPx }
				: undefined,
	};
}

function recordOf(value: unknown): Readonly<Partial<Record<string, unknown>>> {
	return typeof value === "object" && value !== null ? { ...value } : {};
}
