import { assertNever } from "./assertNever";
import type { AssistantTurn, ChatState, Turn, TurnId } from "./chat";
import type { ChatEvent, ChatFact } from "./chatEvent";

/** A view's copy of the host's state, and the last event that it holds. */
export interface Replica {
	readonly revision: number;
	readonly chat: ChatState;
}

/** `stale`: already applied, ignore. `gap`: an event was lost, only a snapshot can help. */
export type Applied =
	| { readonly kind: "applied"; readonly replica: Replica }
	| { readonly kind: "stale" }
	| { readonly kind: "gap" };

/** Takes one event into a view's replica; `replica` is `undefined` before the first snapshot. */
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

/** @returns the state after `fact`, or `undefined` if the fact does not fit the state: one before it was lost. */
export function applyFact(chat: ChatState, fact: ChatFact): ChatState | undefined {
	switch (fact.type) {
		case "turnStarted":
			return {
				...chat,
				turns: [...chat.turns, fact.user, fact.answer],
				attachments: [],
				refusal: undefined,
				canUndoClear: false,
			};
		case "answerRestarted": {
			const last = chat.turns.at(-1);
			return last?.role === "assistant"
				? { ...chat, turns: [...chat.turns.slice(0, -1), fact.answer] }
				: undefined;
		}
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
		case "turnRefused": {
			const from = chat.turns.findIndex((turn) => turn.id === fact.refusal.turnId);
			return from < 0
				? undefined
				: {
						...chat,
						turns: chat.turns.slice(0, from),
						attachments: fact.attachments,
						refusal: fact.refusal,
					};
		}
		case "refusalDismissed":
			return { ...chat, refusal: undefined };
		case "contextTrimmed":
			return { ...chat, visibleFrom: fact.visibleFrom };
		case "cleared":
			return {
				...chat,
				turns: [],
				visibleFrom: undefined,
				refusal: undefined,
				canUndoClear: chat.turns.length > 0,
			};
		case "clearUndone":
			return { ...chat, turns: fact.turns, visibleFrom: fact.visibleFrom, canUndoClear: false };
		case "undoExpired":
			return { ...chat, canUndoClear: false };
		case "attachmentsChanged":
			return { ...chat, attachments: fact.attachments };
		case "modelChanged":
			return { ...chat, model: fact.model };
		case "settingsChanged":
			return { ...chat, settings: fact.settings };
		default:
			return assertNever(fact);
	}
}

/** Changes the running answer, which is always the last turn: earlier turns are never touched again. */
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
