import { assertNever } from "../../protocol/assertNever";
import { plural, t } from "../../wording/localize";
import {
	runningAnswer,
	type AssistantTurn,
	type ChatState,
	type TurnOutcome,
} from "../../protocol/chat/chat";
import { type TurnId } from "../../protocol/chat/ids";
import {
	describeAccess,
	describeNotice,
	describeUndoable,
	newChatTitle,
} from "../../wording/describeChat";
import { describeFailure } from "../../wording/describeFailure";
import { droppedText } from "../wording/contextWording";
import { describeVersion } from "../wording/chatWording";
import { describeLimit, interruptedText } from "../wording/wording";

/**
 * Returns what a screen reader should announce about a change, if anything: the start and the end of an answer but
 * never its tokens, and the title of another conversation but never its messages.
 *
 * @param before the state before `now`; `undefined` when a page has just opened, which announces nothing
 */
export function announcement(before: ChatState | undefined, now: ChatState): string | undefined {
	if (!before || before === now || before.access.kind === "loading") {
		return undefined;
	}
	if (before.chatId !== now.chatId) {
		return now.turns.length === 0 ? newChatTitle() : t("Opened {0}", now.title);
	}
	return (
		announceRefusal(before, now) ??
		announceFile(before, now) ??
		announceAnswer(before, now) ??
		announcePath(before, now) ??
		(now.visibleFrom !== undefined && before.visibleFrom === undefined ? droppedText() : undefined)
	);
}

function announceRefusal(before: ChatState, { refusal }: ChatState): string | undefined {
	if (!refusal || refusal.turnId === before.refusal?.turnId) {
		return undefined;
	}
	return refusal.failure
		? `${describeFailure(refusal.failure).sentence} ${t("Your message is in the textbox.")}`
		: t("The message was not sent. It is in the textbox.");
}

function announceFile(before: ChatState, now: ChatState): string | undefined {
	if (now.access.kind !== before.access.kind) {
		return describeAccess(now.access) || undefined;
	}
	const known = before.notices.map(({ kind }) => kind);
	const fresh = now.notices.find(({ kind }) => !known.includes(kind));
	return fresh && describeNotice(fresh);
}

function announceAnswer(before: ChatState, now: ChatState): string | undefined {
	const answer = now.turns.at(-1);
	if (answer?.role !== "assistant") {
		return undefined;
	}
	const known = answerOf(before, answer.id);
	if (answer.state.kind === "running") {
		if (!hasBegun(answer) || (known && hasBegun(known))) {
			return undefined;
		}
		return known && known.thought + known.reply !== ""
			? t("The answer goes on")
			: t("The answer has started");
	}
	return known?.state.kind === "running"
		? describeEnd(answer.reply, answer.state.outcome)
		: undefined;
}

/**
 * Returns the announcement of a change other than an answer: a waiting message, another version, or added and removed
 * turns.
 */
function announcePath(before: ChatState, now: ChatState): string | undefined {
	if (now.queued && now.queued.turnId !== before.queued?.turnId) {
		return t("Your message waits for the end of the answer");
	}
	if (now.undoable && now.undoable !== before.undoable) {
		return describeUndoable(now.undoable);
	}
	if (now.versions === before.versions || runningAnswer(now)) {
		// A pending answer is announced once it has started.
		return undefined;
	}
	const changed = now.turns.findIndex((turn, index) => turn.id !== before.turns[index]?.id);
	const turn = now.turns[changed];
	const replaced = before.turns[changed];
	if (!turn) {
		return undefined;
	}
	const versions = now.versions[turn.id] ?? [];
	if (replaced) {
		return versions.includes(replaced.id) ? describeVersion(versions, turn.id) : undefined;
	}
	const count = now.turns.length - changed;
	return plural(count, "{0} message is back", "{0} messages are back");
}

/** Until the answer begins, its message can still be refused. */
function hasBegun({ state }: AssistantTurn): boolean {
	return (
		state.kind === "running" &&
		(state.progress.kind === "prefill" || state.progress.kind === "decoding")
	);
}

function describeEnd(reply: string, outcome: TurnOutcome): string {
	switch (outcome.kind) {
		case "complete":
			return reply;
		case "stopped":
			return t("Stopped");
		case "maxTokens":
			return `${reply}\n${describeLimit(outcome.maxTokens)}`;
		case "contextFull":
			return `${reply}\n${t("Context full")}`;
		case "failed":
			return describeFailure(outcome.failure).sentence;
		case "interrupted":
			return interruptedText();
		default:
			return assertNever(outcome);
	}
}

function answerOf({ turns }: ChatState, answerId: TurnId): AssistantTurn | undefined {
	const last = turns.at(-1);
	const turn = last?.id === answerId ? last : turns.find(({ id }) => id === answerId);
	return turn?.role === "assistant" ? turn : undefined;
}
