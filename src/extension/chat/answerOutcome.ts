import { randomUUID } from "node:crypto";
import { assertNever } from "../../protocol/assertNever";
import type { AssistantTurn, TurnOutcome } from "../../protocol/chat";
import type { InferenceFailure } from "../../protocol/failure";
import type { Generated } from "../../protocol/inference";
import { describeError, type Log } from "../log";
import { FailureError } from "../../protocol/failureError";

/** @returns an answer that is asked for and of which nothing has come. */
export function startedAnswer(startedAtMs: number): AssistantTurn {
	return {
		role: "assistant",
		id: randomUUID(),
		startedAtMs,
		thought: "",
		thoughtDurationMs: undefined,
		reply: "",
		state: { kind: "running", progress: { kind: "preparing" } },
	};
}

export function hasFailed(answer: AssistantTurn): boolean {
	return answer.state.kind === "ended" && answer.state.outcome.kind === "failed";
}

/** What was asked for, to tell the limit that an answer ran into. */
export interface AnswerLimits {
	readonly maxTokens: number;
	readonly contextTokens: number;
	readonly promptTokens: number;
	/** From the request to the end. */
	readonly durationMs: number;
}

export function outcomeOf({ ending, stats }: Generated, limits: AnswerLimits): TurnOutcome {
	if (ending === "stopped") {
		return { kind: "stopped", stats };
	}
	// A model may end its answer before the first word.
	const measured = stats ?? {
		promptTokens: limits.promptTokens,
		evaluatedTokens: limits.promptTokens,
		answerTokens: 0,
		firstTokenMs: limits.durationMs,
		decodeMs: 0,
	};
	switch (ending) {
		case "complete":
			return { kind: "complete", stats: measured };
		case "maxTokens":
			return { kind: "maxTokens", maxTokens: limits.maxTokens, stats: measured };
		case "contextFull":
			return { kind: "contextFull", contextTokens: limits.contextTokens, stats: measured };
		default:
			return assertNever(ending);
	}
}

/** @returns the failure that `error` carries; what carries none is a bug and goes to the log with its stack. */
export function failureOf(error: unknown, log: Log): InferenceFailure {
	if (error instanceof FailureError) {
		log.warn(`no whole answer: ${error.failure.kind}`);
		return error.failure;
	}
	log.error(describeError(error));
	return { kind: "internal", message: error instanceof Error ? error.message : String(error) };
}
