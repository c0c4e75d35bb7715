import { assertNever } from "../../protocol/assertNever";
import { cleanFailure } from "../../protocol/cleanFailure";
import type { AnswerStats, TurnOutcome } from "../../protocol/chat/chat";
import type { InferenceFailure } from "../../protocol/failure";
import type { Generated } from "../../protocol/inference/inference";
import { describeError, type Log } from "../base/log";
import { failureIn } from "../../protocol/failureError";

/** What was asked for, to tell the limit that an answer ran into. */
export interface AnswerLimits {
	readonly maxTokens: number;
	readonly contextTokens: number;
	readonly promptTokens: number;
	/** From the request to the end. */
	readonly durationMs: number;
}

/** @param earlier measured of the part of the answer that was there before */
export function outcomeOf(
	{ ending, stats }: Generated,
	limits: AnswerLimits,
	earlier: AnswerStats | undefined,
): TurnOutcome {
	if (ending === "stopped") {
		return { kind: "stopped", stats: stats ? added(earlier, stats) : earlier };
	}
	// A model may end its answer before the first word.
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

/** @returns what was measured of a whole answer: the prompt as it was read last, tokens and time of both parts. */
function added(earlier: AnswerStats | undefined, stats: AnswerStats): AnswerStats {
	return earlier
		? {
				...stats,
				answerTokens: earlier.answerTokens + stats.answerTokens,
				decodeMs: earlier.decodeMs + stats.decodeMs,
			}
		: stats;
}

/** @returns the failure that `error` carries; what carries none is a bug and goes to the log with its stack. */
export function failureOfAnswer(error: unknown, log: Log): InferenceFailure {
	const failure = failureIn(error);
	if (failure) {
		log.warn(`no whole answer: ${failure.kind}`);
		return failure;
	}
	log.error(describeError(error));
	const message = error instanceof Error ? error.message : String(error);
	return cleanFailure({ kind: "internal", message });
}

/** A message that waits goes on where the person, or a failure, did not end the answer. */
export function endedByItself({ kind }: TurnOutcome): boolean {
	return kind === "complete" || kind === "maxTokens" || kind === "contextFull";
}

export function statsOf(outcome: TurnOutcome | null): AnswerStats | undefined {
	return outcome && "stats" in outcome ? outcome.stats : undefined;
}
