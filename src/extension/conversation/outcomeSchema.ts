import * as v from "valibot";
import type { AnswerStats, TurnOutcome } from "../../protocol/chat";
import { describeFailure } from "../../protocol/describeFailure";
import type { InferenceFailure } from "../../protocol/failure";

const count = v.pipe(v.number(), v.minValue(0));

const stats: v.GenericSchema<unknown, AnswerStats> = v.object({
	promptTokens: count,
	evaluatedTokens: count,
	answerTokens: count,
	firstTokenMs: count,
	decodeMs: count,
});

/** A failure is any of many shapes; all that is ever done with one is to describe it. */
const failure = v.custom<InferenceFailure>(isDescribable);

const knownOutcome = v.variant("kind", [
	v.object({ kind: v.literal("complete"), stats: v.optional(stats) }),
	v.object({ kind: v.literal("stopped"), stats: v.optional(stats) }),
	v.object({ kind: v.literal("maxTokens"), maxTokens: count, stats }),
	v.object({ kind: v.literal("contextFull"), contextTokens: count, stats }),
	v.object({ kind: v.literal("failed"), failure }),
	v.object({ kind: v.literal("interrupted") }),
]);

/** How an answer ended, as a file tells it. An end that cannot be read does not spoil the answer: it reads as interrupted. */
export const outcomeSchema: v.GenericSchema<unknown, TurnOutcome> = v.pipe(
	v.fallback(knownOutcome, { kind: "interrupted" }),
	// JSON has no undefined: what is missing is made whole again.
	v.transform((read) =>
		read.kind === "stopped" || read.kind === "complete"
			? { kind: read.kind, stats: read.stats }
			: read,
	),
);

function isDescribable(read: unknown): boolean {
	try {
		const { sentence, details } = describeFailure(read as InferenceFailure);
		return (
			typeof sentence === "string" &&
			Array.isArray(details) &&
			details.every((line) => typeof line === "string")
		);
	} catch {
		return false;
	}
}
