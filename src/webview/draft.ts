import { runningAnswer, type ChatState, type UserTurn } from "../protocol/chat";
import type { ChatIntent } from "../protocol/chatIntent";
import type { PendingMessage, ViewState } from "./viewState";

/** The text in one view's composer and what became of the last message sent from it. */
export interface Draft {
	readonly text: string;
	readonly pending: PendingMessage | undefined;
}

/** A message on its way: the draft from then on, and what tells the host. */
export interface SentDraft {
	readonly draft: Draft;
	readonly intent: ChatIntent;
}

/** @returns the draft that an earlier page of this view left. */
export function restoredDraft({ draft, pending }: ViewState): Draft {
	return { text: draft, pending };
}

/** @returns the message that a draft holds: without blank lines before and white space after it. */
export function messageIn(text: string): string {
	return withoutBlankStart(text.trimEnd());
}

/**
 * Sends the draft. It stays in the composer until the host shows the message: a page that is hidden in between
 * loses nothing. Sent twice before that, it is the same turn, which the host takes once.
 *
 * @param makeTurnId names a new turn
 * @returns `undefined` if there is nothing to send.
 */
export function sendDraft(
	draft: Draft,
	hasAttachments: boolean,
	makeTurnId: () => string,
): SentDraft | undefined {
	const text = messageIn(draft.text);
	if (text === "" && !hasAttachments) {
		return undefined;
	}
	const turnId = draft.pending && !draft.pending.taken ? draft.pending.turnId : makeTurnId();
	return {
		draft: { text: draft.text, pending: { turnId, text, taken: false } },
		intent: { type: "submit", turnId, text },
	};
}

/** Sends a message that was not typed here. It goes in front of the draft, which stays in the composer. */
export function sendBeforeDraft(draft: Draft, text: string, makeTurnId: () => string): SentDraft {
	const turnId = makeTurnId();
	return {
		draft: { text: joined(text, draft.text), pending: { turnId, text, taken: false } },
		intent: { type: "submit", turnId, text },
	};
}

/**
 * Follows the conversation: a message that the host took leaves the draft, one that it gave back returns to the
 * draft of the view that sent it, in front of what was typed since. A message given back and then sent again by
 * "Retry" leaves the draft too, and returns to it if it is given back once more. One whose host ended with the window
 * before the answer began, and forgot it, returns when the page opens again.
 *
 * @param before the state before `chat`; `undefined` when a page has just opened
 * @returns `draft` itself if nothing changed.
 */
export function reconcileDraft(
	draft: Draft,
	chat: ChatState,
	before: ChatState | undefined,
): Draft {
	const { pending } = draft;
	if (!pending) {
		const resent = answeredMessage(chat);
		if (!resent || resent.id !== before?.refusal?.turnId) {
			return draft;
		}
		const text = withoutSent(draft.text, resent.text);
		return text === draft.text
			? draft
			: { text, pending: { turnId: resent.id, text: resent.text, taken: true } };
	}
	if (chat.refusal?.turnId === pending.turnId) {
		return {
			text: pending.taken ? joined(chat.refusal.text, draft.text) : draft.text,
			pending: undefined,
		};
	}
	const user = chat.turns.find((turn): turn is UserTurn => turn.id === pending.turnId);
	if (!user) {
		if (!pending.taken) {
			return draft;
		}
		const isLost = !before && !chat.canUndoClear;
		return { text: isLost ? joined(pending.text, draft.text) : draft.text, pending: undefined };
	}
	const text = pending.taken ? draft.text : withoutSent(draft.text, user.text);
	if (!isBeingPrepared(chat)) {
		return { text, pending: undefined };
	}
	return pending.taken ? draft : { text, pending: { ...pending, taken: true } };
}

/** @returns the message whose answer is being generated. */
function answeredMessage(chat: ChatState): UserTurn | undefined {
	const user = runningAnswer(chat) && chat.turns.at(-2);
	return user?.role === "user" ? user : undefined;
}

/** @returns whether the answer has yet to begin: until then the host may give the message back. */
function isBeingPrepared(chat: ChatState): boolean {
	const state = runningAnswer(chat)?.state;
	return state?.kind === "running" && state.progress.kind === "preparing";
}

function joined(returned: string, typedSince: string): string {
	return [returned, typedSince].filter((text) => text.trim() !== "").join("\n");
}

/** Leaves the first line its indentation: it may be code. */
function withoutBlankStart(text: string): string {
	return text.replace(/^\s*\n/, "");
}

/** What was typed after the message was sent and before the host showed it. */
function withoutSent(text: string, sent: string): string {
	const typed = withoutBlankStart(text);
	return typed.startsWith(sent) ? typed.slice(sent.length).trimStart() : text;
}
