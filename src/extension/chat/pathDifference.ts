import { isDeepStrictEqual } from "node:util";
import type { AssistantTurn, ChatPath, Turn } from "../../protocol/chat/chat";
import type { ChatFact } from "../../protocol/chat/chatEvent";

/**
 * Returns the facts that change one path of a chat to another path of the same chat. They are small if an answer only
 * grew.
 *
 * @param ownAnswerId the answer that this window generates; `AnswerWriter` publishes its facts
 */
export function pathDifference(
	before: ChatPath,
	after: ChatPath,
	ownAnswerId: string | undefined,
): readonly ChatFact[] {
	const facts: ChatFact[] = [...turnFacts(before, after, ownAnswerId)];
	if (before.title !== after.title) {
		facts.push({ type: "titleChanged", title: after.title });
	}
	if (!isDeepStrictEqual(before.queued, after.queued)) {
		facts.push({ type: "queueChanged", queued: after.queued });
	}
	if (!isDeepStrictEqual(before.access, after.access)) {
		facts.push({ type: "accessChanged", access: after.access });
	}
	if (!isDeepStrictEqual(before.notices, after.notices)) {
		facts.push({ type: "noticesChanged", notices: after.notices });
	}
	return facts;
}

function turnFacts(
	before: ChatPath,
	after: ChatPath,
	ownAnswerId: string | undefined,
): readonly ChatFact[] {
	let keptTurns = 0;
	while (
		keptTurns < Math.min(before.turns.length, after.turns.length) &&
		isSameTurn(before.turns[keptTurns], after.turns[keptTurns], ownAnswerId)
	) {
		keptTurns += 1;
	}
	const last = after.turns.length - 1;
	if (
		before.turns.length === after.turns.length &&
		keptTurns >= last &&
		isDeepStrictEqual(before.versions, after.versions)
	) {
		const growth =
			keptTurns > last ? [] : growthOf(before.turns[keptTurns], after.turns[keptTurns]);
		if (growth) {
			return growth;
		}
	}
	return [
		{
			type: "pathChanged",
			keptTurns,
			turns: after.turns.slice(keptTurns),
			versions: after.versions,
		},
	];
}

function isSameTurn(
	a: Turn | undefined,
	b: Turn | undefined,
	ownAnswerId: string | undefined,
): boolean {
	if (a?.id !== b?.id) {
		return false;
	}
	// A user turn never changes, and `AnswerWriter` publishes the facts of this window's answer.
	if (a?.role !== "assistant" || b?.role !== "assistant" || a.id === ownAnswerId) {
		return true;
	}
	return (
		a.reply.length === b.reply.length &&
		a.thought.length === b.thought.length &&
		a.thoughtDurationMs === b.thoughtDurationMs &&
		isSameState(a.state, b.state)
	);
}

function isSameState(a: AssistantTurn["state"], b: AssistantTurn["state"]): boolean {
	return a.kind === "ended" && b.kind === "ended"
		? isDeepStrictEqual(a.outcome, b.outcome)
		: a.kind === b.kind;
}

/** Returns the facts of an answer in another window that has only grown; `undefined` for any other change. */
function growthOf(
	before: Turn | undefined,
	after: Turn | undefined,
): readonly ChatFact[] | undefined {
	if (
		before?.role !== "assistant" ||
		after?.role !== "assistant" ||
		before.id !== after.id ||
		before.state.kind !== "running" ||
		!after.reply.startsWith(before.reply) ||
		!after.thought.startsWith(before.thought)
	) {
		return undefined;
	}
	const turnId = after.id;
	const facts: ChatFact[] = [];
	for (const channel of ["thought", "reply"] as const) {
		const offset = before[channel].length;
		if (after[channel].length > offset) {
			const text = after[channel].slice(offset);
			facts.push({ type: "textAppended", turnId, channel, offset, text });
		}
	}
	if (after.thoughtDurationMs !== undefined && before.thoughtDurationMs === undefined) {
		facts.push({ type: "thoughtEnded", turnId, durationMs: after.thoughtDurationMs });
	}
	if (after.state.kind === "ended") {
		facts.push({ type: "turnEnded", turnId, outcome: after.state.outcome });
	}
	return facts;
}
