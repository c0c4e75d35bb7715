import { assertNever } from "../assertNever";
import type { AssistantTurn, ChatState, Turn } from "./chat";
import type { TurnId } from "./ids";
import type { ChatEvent, ChatFact } from "./chatEvent";

/** A view's copy of the host's state, and the revision of the last event in it. */
export interface Replica {
	readonly revision: number;
	readonly chat: ChatState;
}

/** `stale`: the event has already been applied; ignore it. `gap`: an event was lost, and only a snapshot can help. */
export type Applied =
	| { readonly kind: "applied"; readonly replica: Replica }
	| { readonly kind: "stale" }
	| { readonly kind: "gap" };

/** Applies one event to a view's replica; `replica` is `undefined` before the first snapshot. */
export function applyEvent(
	replica: Replica | undefined,
	event: Extract<ChatEvent, { readonly revision: number }>,
): Applied {
	if (event.type === "snapshot") {
		return { kind: "applied", replica: { revision: event.revision, chat: event.chat } };
	}
	if (!replica) {
		return { kind: "gap" };
	}
	if (event.revision <= replica.revision) {
		return { kind: "stale" };
	}
	const chat =
		event.revision === replica.revision + 1 ? applyFact(replica.chat, event.fact) : undefined;
	return chat ? { kind: "applied", replica: { revision: event.revision, chat } } : { kind: "gap" };
}

/**
 * Returns the state after `fact`, or `undefined` if the fact does not fit the state, because an earlier fact was lost.
 */
// eslint-disable-next-line max-lines-per-function -- it has a case for every fact
export function applyFact(chat: ChatState, fact: ChatFact): ChatState | undefined {
	switch (fact.type) {
		case "chatShown":
			return {
				...chat,
				...fact.path,
				visibleFrom: undefined,
				refusal: undefined,
				undoable: undefined,
			};
		case "turnStarted":
			return {
				...chat,
				turns: [...chat.turns, fact.user, fact.answer],
				attachments: [],
				refusal: undefined,
				undoable: undefined,
			};
		case "pathChanged":
			return fact.keptTurns > chat.turns.length
				? undefined
				: {
						...chat,
						turns: [...chat.turns.slice(0, fact.keptTurns), ...fact.turns],
						versions: fact.versions,
					};
		case "answerContinued":
			return continueAnswer(chat, fact.turnId);
		case "progressed":
			return changeAnswer(chat, fact.turnId, (answer) => ({
				...answer,
				state: { kind: "running", progress: fact.progress },
			}));
		case "textAppended":
			return changeAnswer(chat, fact.turnId, (answer) =>
				answer[fact.channel].length === fact.offset
					? { ...answer, [fact.channel]: answer[fact.channel] + fact.text }
					: undefined,
			);
		case "thoughtEnded":
			return changeAnswer(chat, fact.turnId, (answer) => ({
				...answer,
				thoughtDurationMs: fact.durationMs,
			}));
		case "turnEnded":
			return changeAnswer(chat, fact.turnId, (answer) => ({
				...answer,
				state: { kind: "ended", outcome: fact.outcome },
			}));
		case "refused":
			return { ...chat, refusal: fact.refusal };
		case "refusalDismissed":
			return { ...chat, refusal: undefined };
		case "contextTrimmed":
			return { ...chat, visibleFrom: fact.visibleFrom };
		case "undoOffered":
			return { ...chat, undoable: fact.undoable };
		case "undoEnded":
			return { ...chat, undoable: undefined };
		case "queueChanged":
			return { ...chat, queued: fact.queued };
		case "titleChanged":
			return { ...chat, title: fact.title };
		case "accessChanged":
			return { ...chat, access: fact.access };
		case "noticesChanged":
			return { ...chat, notices: fact.notices };
		case "attachmentsChanged":
			return { ...chat, attachments: fact.attachments };
		case "codeSourceChanged":
			return { ...chat, codeSource: fact.source };
		case "modelChanged":
			return { ...chat, model: fact.model };
		case "contextCounted":
			return { ...chat, contextUse: fact.contextUse };
		case "settingsChanged":
			return { ...chat, settings: fact.settings };
		default:
			return assertNever(fact);
	}
}

/** Changes the running answer, which is always the last turn. Earlier turns never change again. */
function changeAnswer(
	chat: ChatState,
	turnId: TurnId,
	change: (answer: AssistantTurn) => AssistantTurn | undefined,
): ChatState | undefined {
	const last: Turn | undefined = chat.turns.at(-1);
	if (last?.role !== "assistant" || last.id !== turnId || last.state.kind !== "running") {
		return undefined;
	}
	const changed = change(last);
	return changed && { ...chat, turns: [...chat.turns.slice(0, -1), changed] };
}

function continueAnswer(chat: ChatState, turnId: TurnId): ChatState | undefined {
	const last = chat.turns.at(-1);
	if (last?.role !== "assistant" || last.id !== turnId || last.state.kind !== "ended") {
		return undefined;
	}
	const running: AssistantTurn = {
		...last,
		state: { kind: "running", progress: { kind: "preparing" } },
	};
	return {
		...chat,
		turns: [...chat.turns.slice(0, -1), running],
		refusal: undefined,
		undoable: undefined,
	};
}
