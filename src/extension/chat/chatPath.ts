import type {
	AnswerProgress,
	AssistantTurn,
	ChatAccess,
	ChatNotice,
	ChatPath,
	QueuedMessage,
	Turn,
	TurnId,
	UserTurn,
} from "../../protocol/chat";
import type { ChatFileState, OpenedChat } from "../conversation/chatLibrary";
import type { StoredUserTurn } from "../conversation/chatRecord";
import type { Conversation, TreeTurn } from "../conversation/conversation";
import { titleOf } from "../conversation/title";

/** An answer that this window generates. */
export interface RunningAnswer {
	readonly answerId: TurnId;
	readonly progress: AnswerProgress;
}

/** @returns what views draw of a conversation. */
export function chatPath(
	chat: Pick<OpenedChat, "conversation" | "fileState">,
	running: RunningAnswer | undefined,
): ChatPath {
	const { conversation, fileState } = chat;
	const path = conversation.path();
	return {
		chatId: conversation.id,
		title: titleOf(conversation),
		turns: path.map((turn) => toViewTurn(turn, running, fileState.answeredElsewhere)),
		versions: versionsOn(conversation, path),
		queued: conversation.queued && toQueued(conversation.queued),
		access: accessOf(fileState),
		notices: noticesOf(fileState),
	};
}

export function versionsOn(
	conversation: Conversation,
	path: readonly TreeTurn[] = conversation.path(),
): ChatPath["versions"] {
	const versions: Record<TurnId, readonly TurnId[]> = {};
	for (const { id } of path) {
		const ids = conversation.versionsOf(id);
		if (ids.length > 1) {
			versions[id] = ids;
		}
	}
	return versions;
}

export function toUserTurn({ id, text, attachments }: StoredUserTurn): UserTurn {
	return { role: "user", id, text, attachments: attachments.map(({ chip }) => chip) };
}

export function toQueued({ id, text, attachments }: StoredUserTurn): QueuedMessage {
	return { turnId: id, text, attachments: attachments.map(({ chip }) => chip) };
}

function toViewTurn(
	turn: TreeTurn,
	running: RunningAnswer | undefined,
	answeredElsewhere: boolean,
): Turn {
	if (turn.role === "user") {
		return toUserTurn(turn);
	}
	const { id, startedAtMs, thought, thoughtDurationMs, reply } = turn;
	return {
		role: "assistant",
		id,
		startedAtMs,
		thought,
		thoughtDurationMs: thoughtDurationMs ?? undefined,
		reply,
		state: answerState(turn, running, answeredElsewhere),
	};
}

function answerState(
	{ id, outcome }: Extract<TreeTurn, { readonly role: "assistant" }>,
	running: RunningAnswer | undefined,
	answeredElsewhere: boolean,
): AssistantTurn["state"] {
	if (outcome) {
		return { kind: "ended", outcome };
	}
	if (running?.answerId === id) {
		return { kind: "running", progress: running.progress };
	}
	return answeredElsewhere
		? { kind: "running", progress: { kind: "decoding" } }
		: { kind: "ended", outcome: { kind: "interrupted" } };
}

function accessOf({ newerVersion, answeredElsewhere }: ChatFileState): ChatAccess {
	if (newerVersion !== undefined) {
		return { kind: "newerVersion", version: newerVersion };
	}
	return answeredElsewhere ? { kind: "answeredElsewhere" } : { kind: "open" };
}

function noticesOf({ damage, notSaved }: ChatFileState): readonly ChatNotice[] {
	return [
		...(damage ? [{ kind: "damaged", ...damage } as const] : []),
		...(notSaved === undefined ? [] : [{ kind: "notSaved", code: notSaved } as const]),
	];
}
