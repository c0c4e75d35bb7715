import * as v from "valibot";
import type { TurnOutcome } from "../../protocol/chat/chat";
import { cleanFailure } from "../../protocol/cleanFailure";
import { statsSchema as stats } from "../../protocol/inference/engineSchemas";
import { failureSchema } from "../../protocol/failureSchema";
import { count } from "../../protocol/schemaParts";

const failure = v.pipe(failureSchema, v.transform(cleanFailure));

const knownOutcome = v.variant("kind", [
	v.object({ kind: v.literal("complete"), stats: v.optional(stats) }),
	v.object({ kind: v.literal("stopped"), stats: v.optional(stats) }),
	v.object({ kind: v.literal("maxTokens"), maxTokens: count, stats }),
	v.object({ kind: v.literal("contextFull"), contextTokens: count, stats }),
	v.object({ kind: v.literal("failed"), failure }),
	v.object({ kind: v.literal("interrupted") }),
]);

/** The outcome of an answer in a file. An invalid outcome reads as interrupted, so that the answer is not lost. */
export const outcomeSchema: v.GenericSchema<unknown, TurnOutcome> = v.pipe(
	v.fallback(knownOutcome, { kind: "interrupted" }),
	// JSON has no undefined, so missing statistics are added as undefined.
	v.transform((read) =>
		read.kind === "stopped" || read.kind === "complete"
			? { kind: read.kind, stats: read.stats }
			: read,
	),
);
