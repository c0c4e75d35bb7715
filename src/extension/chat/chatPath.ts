import type {
	AnswerProgress,
	AssistantTurn,
	ChatAccess,
	ChatNotice,
	ChatPath,
	QueuedMessage,
	Turn,
	UserTurn,
} from "../../protocol/chat/chat";
import type { TurnId } from "../../protocol/chat/ids";
import type { ChatFileState, OpenedChat } from "../conversation/chatLibrary";
import type { StoredAssistantTurn, StoredUserTurn } from "../conversation/chatRecord";
import type { Conversation } from "../conversation/conversation";
import { titleOf } from "../conversation/title";
import type { TreeTurn } from "../conversation/treeTurn";

/** An answer that this window is generating. */
export interface RunningAnswer {
	readonly answerId: TurnId;
	readonly progress: AnswerProgress;
	/** The record of a new answer, which is written once this window has the lease. */
	readonly opening?: TurnOpening;
}

/** Adds an answer without an outcome. */
export interface TurnOpening {
	readonly type: "turn";
	readonly parentId: TurnId;
	readonly turn: StoredAssistantTurn;
}

/** Returns the path of a chat as views show it. */
export function chatPath(
	chat: Pick<OpenedChat, "conversation" | "fileState">,
	running: RunningAnswer | undefined,
): ChatPath {
	const { conversation, fileState } = chat;
	const path = conversation.path();
	const { turns, versions } = withOpening(
		{ turns: path, versions: versionsOn(conversation, path) },
		conversation,
		running?.opening,
	);
	return {
		chatId: conversation.id,
		title: titleOf(conversation),
		turns: turns.map((turn) => toViewTurn(turn, running, fileState.answeredElsewhere)),
		versions,
		queued: conversation.queued && toQueued(conversation.queued),
		access: accessOf(fileState),
		notices: noticesOf(fileState),
	};
}

interface TreePath {
	readonly turns: readonly TreeTurn[];
	readonly versions: ChatPath["versions"];
}

/** Returns the path extended by a new answer that is not in the conversation yet. */
function withOpening(
	path: TreePath,
	conversation: Conversation,
	opening: TurnOpening | undefined,
): TreePath {
	const above = path.turns.findIndex(({ id }) => id === opening?.parentId);
	if (!opening || above < 0 || conversation.has(opening.turn.id)) {
		return path;
	}
	const turns = [...path.turns.slice(0, above + 1), opening.turn];
	const versions: Record<TurnId, readonly TurnId[]> = {};
	for (const { id } of turns) {
		const ids = path.versions[id];
		if (ids) {
			versions[id] = ids;
		}
	}
	const others = [...conversation.turns()].filter(({ parentId }) => parentId === opening.parentId);
	if (others.length > 0) {
		versions[opening.turn.id] = [...others.map(({ turn }) => turn.id), opening.turn.id];
	}
	return { turns, versions };
}

function versionsOn(conversation: Conversation, path: readonly TreeTurn[]): ChatPath["versions"] {
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
	// An answer that is about to continue still has its earlier outcome in the conversation.
	if (running?.answerId === id) {
		return { kind: "running", progress: running.progress };
	}
	if (outcome) {
		return { kind: "ended", outcome };
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
