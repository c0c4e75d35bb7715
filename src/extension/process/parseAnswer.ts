import * as v from "valibot";
import type { ChildRequest } from "../../protocol/childProcess";
import type { InferenceFailure } from "../../protocol/failure";
import { failureSchema } from "../../protocol/failureSchema";
import { cutMiddle } from "../../protocol/text/cutMiddle";

/** The longest unknown kind of failure that a message quotes, in UTF-16 units. */
const longestKind = 80;

/** Thrown when an answer does not match the schema of its request. */
export class UnreadableAnswer extends Error {
	override readonly name = "UnreadableAnswer";
}

/** Parses the answer of a process. @throws {UnreadableAnswer} */
export function answerOf<P, R>(name: string, type: ChildRequest<P, R>, answer: unknown): R {
	const parsed = v.safeParse(type.answer, answer);
	if (parsed.success) {
		return parsed.output;
	}
	const places = new Set(parsed.issues.map((issue) => v.getDotPath(issue) ?? "all of it"));
	const where = [...places].slice(0, 5).join(", ");
	const message = `The ${name} answered “${type.method}” in a form that this version cannot read: ${where}`;
	throw new UnreadableAnswer(message);
}

/** Parses the failure that a process reported. Returns an `internal` failure if this version does not know its kind. */
export function failureOfRequest(name: string, data: unknown): InferenceFailure {
	const parsed = v.safeParse(failureSchema, data);
	if (parsed.success) {
		return parsed.output;
	}
	const { kind } = typeof data === "object" && data !== null && "kind" in data ? data : {};
	const called = typeof kind === "string" ? `: ${cutMiddle(kind, longestKind)}` : "";
	return {
		kind: "internal",
		message: `The ${name} reported a failure that this version cannot read${called}`,
	};
}
