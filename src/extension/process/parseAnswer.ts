import * as v from "valibot";
import type { ChildRequest } from "../../protocol/childProcess";
import type { InferenceFailure } from "../../protocol/failure";
import { failureSchema } from "../../protocol/failureSchema";
import { cutMiddle } from "../../protocol/text/cutMiddle";

/** Of what a process calls its failure, in UTF-16 units. */
const longestKind = 80;

/** An answer is of another shape than its request has. */
export class UnreadableAnswer extends Error {
	override readonly name = "UnreadableAnswer";
}

/** @returns what a process answered. @throws {UnreadableAnswer} */
export function answerOf<P, R>(name: string, type: ChildRequest<P, R>, answer: unknown): R {
	const parsed = v.safeParse(type.answer, answer);
	if (parsed.success) {
		return parsed.output;
	}
	const places = new Set(parsed.issues.map((issue) => v.getDotPath(issue) ?? "all of it"));
	const where = [...places].slice(0, 5).join(", ");
	const message = `The ${name} gave “${type.method}” an answer that this version cannot read: ${where}`;
	throw new UnreadableAnswer(message);
}

/** @returns the failure that a process told; `internal`, if it is none that this version knows. */
export function failureOfRequest(name: string, data: unknown): InferenceFailure {
	const parsed = v.safeParse(failureSchema, data);
	if (parsed.success) {
		return parsed.output;
	}
	const { kind } = typeof data === "object" && data !== null && "kind" in data ? data : {};
	const called = typeof kind === "string" ? `: ${cutMiddle(kind, longestKind)}` : "";
	return {
		kind: "internal",
		message: `The ${name} told a failure that this version cannot read${called}`,
	};
}
