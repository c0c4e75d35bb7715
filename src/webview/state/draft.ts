import { runningAnswer, type ChatState, type UserTurn } from "../../protocol/chat/chat";
import type { ChatIntent } from "../../protocol/chat/chatIntent";
import { messageIn, withoutBlankStart } from "../../protocol/chat/messageIn";
import type { PendingMessage, ViewState } from "./viewState";

/** The draft of one view, and the messages sent from it. */
export type Draft = Pick<ViewState, "draft" | "pending">;

/** A pending message: the draft after it, and the intent for the host. */
export interface SentDraft {
	readonly draft: Draft;
	readonly intent: ChatIntent;
}

/** Returns `typedSince` with a returned message in front of it. */
export function joined(returned: string, typedSince: string): string {
	return [returned, typedSince].filter((text) => text.trim() !== "").join("\n");
}

/**
 * Sends the draft. It stays in the composer until the host shows the message, so a page that is hidden in between loses
 * nothing. If it is sent twice before that, it is the same turn, which the host accepts once.
 *
 * @param makeTurnId creates the id of a new turn
 * @returns `undefined` if there is nothing to send
 */
export function sendDraft(
	{ draft, pending }: Draft,
	{ chatId, attachments }: ChatState,
	makeTurnId: () => string,
): SentDraft | undefined {
	const text = messageIn(draft);
	if (text === "" && attachments.length === 0) {
		return undefined;
	}
	const turnId = pending.find(({ taken }) => !taken)?.turnId ?? makeTurnId();
	const taken = pending.filter((message) => message.taken);
	return {
		draft: { draft, pending: [...taken, { chatId, turnId, text, taken: false }] },
		intent: { type: "submit", turnId, text },
	};
}

/** Sends a message that was not typed here. It goes before the draft, which stays in the composer. */
export function sendBeforeDraft(
	{ draft, pending }: Draft,
	{ chatId }: ChatState,
	text: string,
	makeTurnId: () => string,
): SentDraft {
	const turnId = makeTurnId();
	return {
		draft: {
			draft: joined(text, draft),
			pending: [...pending, { chatId, turnId, text, taken: false }],
		},
		intent: { type: "submit", turnId, text },
	};
}

/**
 * Updates the draft for a new state. A message that the host accepted, to answer it or to queue it, leaves the draft. A
 * message that the host returned goes back into the draft of the view that sent it, before text typed since; “Retry”
 * sends it again, and it can return again. A message that the host lost, because the window ended before the answer
 * began, returns when the conversation is shown again.
 *
 * @param before the state before `chat`; `undefined` when a page has just opened
 * @returns `draft` itself if nothing changed
 */
export function reconcileDraft(
	draft: Draft,
	chat: ChatState,
	before: ChatState | undefined,
): Draft {
	let changed = followResent(draft, chat, before);
	for (const message of changed.pending) {
		const text = changed.draft;
		const next = followMessage({ text, message }, chat, before);
		if (next.text !== text || next.message !== message) {
			changed = {
				draft: next.text,
				pending: changed.pending.flatMap((one) => (one === message ? (next.message ?? []) : one)),
			};
		}
	}
	return changed;
}

/** A pending message, and the text in the composer. */
interface Followed {
	readonly text: string;
	/** `undefined` if the message is settled. */
	readonly message: PendingMessage | undefined;
}

function followMessage(
	followed: { readonly text: string; readonly message: PendingMessage },
	chat: ChatState,
	before: ChatState | undefined,
): Followed {
	const { text, message } = followed;
	const { chatId, turnId, taken } = message;
	if (chat.chatId !== chatId) {
		return followed;
	}
	if (chat.refusal?.turnId === turnId) {
		return { text: taken ? joined(chat.refusal.text, text) : text, message: undefined };
	}
	const waits = chat.queued?.turnId === turnId;
	const shown = waits
		? chat.queued
		: chat.turns.find((turn): turn is UserTurn => turn.role === "user" && turn.id === turnId);
	if (!shown) {
		// The next fact sends the waiting message.
		if (!taken || before?.queued?.turnId === turnId) {
			return followed;
		}
		const isLost = before?.chatId !== chatId && !chat.undoable;
		return { text: isLost ? joined(message.text, text) : text, message: undefined };
	}
	return {
		text: taken ? text : withoutSent(text, shown.text),
		message:
			!waits && !isBeingPrepared(chat) ? undefined : taken ? message : { ...message, taken: true },
	};
}

/** Follows a refused message that is sent again as a turn with another id. */
function followResent(draft: Draft, chat: ChatState, before: ChatState | undefined): Draft {
	const refused = before?.refusal;
	const resent = refused && answeredMessage(chat);
	if (
		resent?.text !== refused?.text ||
		!resent ||
		before.turns.some(({ id }) => id === resent.id) ||
		draft.pending.some(({ turnId }) => turnId === resent.id)
	) {
		return draft;
	}
	const text = withoutSent(draft.draft, resent.text);
	const { id: turnId } = resent;
	return text === draft.draft
		? draft
		: {
				draft: text,
				pending: [
					...draft.pending,
					{ chatId: chat.chatId, turnId, text: resent.text, taken: true },
				],
			};
}

/** Returns the message whose answer is being generated. */
function answeredMessage(chat: ChatState): UserTurn | undefined {
	const user = runningAnswer(chat) && chat.turns.at(-2);
	return user?.role === "user" ? user : undefined;
}

/** Returns whether the answer has not begun; until then, the host can return the message. */
function isBeingPrepared(chat: ChatState): boolean {
	const state = runningAnswer(chat)?.state;
	return (
		state?.kind === "running" &&
		(state.progress.kind === "preparing" || state.progress.kind === "waiting")
	);
}

/** The text typed between sending a message and the host showing it. */
function withoutSent(text: string, sent: string): string {
	const typed = withoutBlankStart(text);
	return typed.startsWith(sent) ? typed.slice(sent.length).trimStart() : text;
}
