import { runningAnswer, type AssistantTurn, type ChatState } from "../../protocol/chat/chat";

/** Returns the running answer, if it is the only thing in the log that differs between `before` and `now`. */
export function grownAnswer(before: ChatState, now: ChatState): AssistantTurn | undefined {
	const answer = runningAnswer(now);
	return answer &&
		runningAnswer(before)?.id === answer.id &&
		before.turns.length === now.turns.length &&
		before.versions === now.versions &&
		before.visibleFrom === now.visibleFrom &&
		before.refusal === now.refusal &&
		before.access === now.access &&
		before.settings === now.settings &&
		before.model === now.model &&
		now.turns.every((turn, index) => turn === before.turns[index] || turn === answer)
		? answer
		: undefined;
}
