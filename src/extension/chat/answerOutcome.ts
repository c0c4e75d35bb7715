import { assertNever } from "../../protocol/assertNever";
import { cleanFailure } from "../../protocol/cleanFailure";
import type { AnswerStats, TurnOutcome } from "../../protocol/chat/chat";
import type { InferenceFailure } from "../../protocol/failure";
import type { Generated } from "../../protocol/inference/inference";
import { describeError, type Log } from "../base/log";
import { failureIn } from "../../protocol/failureError";

/** The limits and measurements that an outcome states. */
export interface AnswerLimits {
	readonly maxTokens: number;
	readonly contextTokens: number;
	readonly promptTokens: number;
	/** From trimming the prompt to the end of the answer. */
	readonly durationMs: number;
}

/** Returns the outcome of an answer. @param earlier the statistics of the part that was generated before */
export function outcomeOf(
	{ ending, stats }: Generated,
	limits: AnswerLimits,
	earlier: AnswerStats | undefined,
): TurnOutcome {
	if (ending === "stopped") {
		return { kind: "stopped", stats: stats ? added(earlier, stats) : earlier };
	}
	// Without statistics: a model can end its answer before the first token.
	const measured = added(
		earlier,
		stats ?? {
			promptTokens: limits.promptTokens,
			evaluatedTokens: limits.promptTokens,
			answerTokens: 0,
			firstTokenMs: limits.durationMs,
			decodeMs: 0,
		},
	);
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

/** Returns the statistics of both parts of an answer: the latest prompt, and the sums of tokens and decode times. */
function added(earlier: AnswerStats | undefined, stats: AnswerStats): AnswerStats {
	return earlier
		? {
				...stats,
				answerTokens: earlier.answerTokens + stats.answerTokens,
				decodeMs: earlier.decodeMs + stats.decodeMs,
			}
		: stats;
}

/** Returns the failure in `error`. An error without one is a bug, and is logged with its stack. */
export function failureOfAnswer(error: unknown, log: Log): InferenceFailure {
	const failure = failureIn(error);
	if (failure) {
		log.warn(`an answer failed: ${failure.kind}`);
		return failure;
	}
	log.error(describeError(error));
	const message = error instanceof Error ? error.message : String(error);
	return cleanFailure({ kind: "internal", message });
}

/** Returns whether the model or a limit ended the answer, not the user or a failure. A queued message is sent then. */
export function endedByItself({ kind }: TurnOutcome): boolean {
	return kind === "complete" || kind === "maxTokens" || kind === "contextFull";
}

export function statsOf(outcome: TurnOutcome | null): AnswerStats | undefined {
	return outcome && "stats" in outcome ? outcome.stats : undefined;
}
