import { assertNever } from "../protocol/assertNever";
import type { AssistantTurn, ChatState, Turn } from "../protocol/chat";
import { describeFailure } from "../protocol/describeFailure";

/**
 * @param before the state before `now`; `undefined` when a page has just opened, which announces nothing
 * @returns what a screen reader should say about the change, if anything: the start and the end of an answer, never
 * its tokens.
 */
export function announcement(before: ChatState | undefined, now: ChatState): string | undefined {
	if (!before || before === now) {
		return undefined;
	}
	if (now.refusal && now.refusal.turnId !== before.refusal?.turnId) {
		return now.refusal.failure
			? `${describeFailure(now.refusal.failure).sentence} Your message is in the textbox.`
			: "The message was not sent. It is in the textbox.";
	}
	if (now.canUndoClear && !before.canUndoClear) {
		return "Conversation cleared";
	}
	const answer = lastAnswer(now.turns);
	if (!answer) {
		return undefined;
	}
	const known = before.turns.find((turn) => turn.id === answer.id);
	const wasRunning = known?.role === "assistant" && known.state.kind === "running";
	if (answer.state.kind === "running") {
		return wasRunning ? undefined : "The answer has started";
	}
	return wasRunning ? describeEnd(answer) : undefined;
}

function describeEnd({ reply, state }: AssistantTurn): string | undefined {
	if (state.kind === "running") {
		return undefined;
	}
	const { outcome } = state;
	switch (outcome.kind) {
		case "complete":
			return reply;
		case "stopped":
			return "Stopped";
		case "maxTokens":
			return `${reply}\nReached ${outcome.maxTokens} tokens`;
		case "contextFull":
			return `${reply}\nContext full`;
		case "failed":
			return describeFailure(outcome.failure).sentence;
		default:
			return assertNever(outcome);
	}
}

function lastAnswer(turns: readonly Turn[]): AssistantTurn | undefined {
	const last = turns.at(-1);
	return last?.role === "assistant" ? last : undefined;
}
