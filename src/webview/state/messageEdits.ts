import type { ChatState } from "../../protocol/chat/chat";
import type { TurnId } from "../../protocol/chat/ids";
import type { ChatIntent } from "../../protocol/chat/chatIntent";
import type { MessageEdit } from "../../protocol/chat/unsentText";
import { messageIn } from "../../protocol/chat/messageIn";

/** An action in the textbox that replaces a message. */
export type EditStep =
	| { readonly type: "begin"; readonly editedId: TurnId; readonly text: string }
	| { readonly type: "change"; readonly editedId: TurnId; readonly text: string }
	| { readonly type: "cancel"; readonly editedId: TurnId }
	| { readonly type: "send"; readonly editedId: TurnId };

type Edits = readonly MessageEdit[];

/** Returns the edits with a new one; an edit that was begun earlier stays as it was. */
export function beginEdit(edits: Edits, editedId: TurnId, text: string): Edits {
	return edits.some((edit) => edit.editedId === editedId)
		? edits
		: [...edits, { editedId, text, sentAs: undefined }];
}

export function changeEdit(edits: Edits, editedId: TurnId, text: string): Edits {
	return edits.map((edit) => (edit.editedId === editedId ? { ...edit, text } : edit));
}

export function cancelEdit(edits: Edits, editedId: TurnId): Edits {
	return edits.filter((edit) => edit.editedId !== editedId);
}

/**
 * Sends an edit, and keeps it until the host shows it. If it is sent twice before that, it is the same turn.
 *
 * @returns `undefined` if there is nothing to send
 */
export function sendEdit(
	edits: Edits,
	editedId: TurnId,
	hasAttachments: boolean,
	makeTurnId: () => string,
): { readonly edits: Edits; readonly intent: ChatIntent } | undefined {
	const edit = edits.find((candidate) => candidate.editedId === editedId);
	const text = edit && messageIn(edit.text);
	if (text === undefined || (text === "" && !hasAttachments)) {
		return undefined;
	}
	const turnId = edit?.sentAs ?? makeTurnId();
	return {
		edits: edits.map((other) => (other === edit ? { ...edit, sentAs: turnId } : other)),
		intent: { type: "edit", editedId, turnId, text },
	};
}

/** Returns the edits without those that the host accepted; `edits` itself if it accepted none. */
export function reconcileEdits(edits: Edits, { turns }: ChatState): Edits {
	const left = edits.filter(
		({ sentAs }) => sentAs === undefined || !turns.some(({ id }) => id === sentAs),
	);
	return left.length === edits.length ? edits : left;
}

/**
 * Returns the host's edits, but for those begun or changed since the page began, which are the current ones.
 *
 * @param first the edits at the start of the page
 * @param current the current edits
 */
export function restoredEdits(kept: Edits, first: Edits, current: Edits): Edits {
	const since = current.filter((edit) => !first.includes(edit));
	const untouched = kept.filter(
		({ editedId }) => !since.some((edit) => edit.editedId === editedId),
	);
	return [...untouched, ...since];
}
