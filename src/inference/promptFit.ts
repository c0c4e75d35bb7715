import { answerReserve, leastFreeTokens } from "../protocol/chat/contextUse";
import type { PromptMessages, Fit, Message } from "../protocol/inference/inference";
import { answerBeginning } from "./answerBeginning";
import type { ModelInfo } from "../protocol/inference/model";
import { FailureError } from "../protocol/failureError";

/** The context of a loaded model, and the most that it could be. */
export type ContextSize = Pick<ModelInfo, "contextTokens" | "trainedContextTokens">;

/** @returns how long an answer may get behind a prompt: as asked, or up to the end of the context. */
export function answerLimit(
	promptTokens: number,
	maxTokens: number,
	contextTokens: number,
): { readonly tokens: number; readonly by: "maxTokens" | "contextFull" } {
	// The last token of an answer is never evaluated, so prompt and answer may fill the context together.
	const left = contextTokens - promptTokens;
	return maxTokens <= left
		? { tokens: maxTokens, by: "maxTokens" }
		: { tokens: left, by: "contextFull" };
}

/**
 * Finds the longest end of a conversation that leaves room for an answer. The system message always stays;
 * whole turns (a user's message and what answers it) leave, oldest first. An answer to be continued may use the
 * context to its end, if no other room is left.
 *
 * @param count exact tokens of a prompt made of the messages given; grows with them.
 * @throws {FailureError} `messageTooLong`, or `answerTooLong` with the beginning of an answer, if the system message
 * and the last turn alone do not fit.
 */
export function fitPrompt(
	messages: PromptMessages,
	maxTokens: number,
	size: ContextSize,
	count: (messages: PromptMessages) => number,
): Fit {
	const { contextTokens } = size;
	const system = messages.slice(0, messages[0]?.role === "system" ? 1 : 0);
	const limitTokens = contextTokens - answerReserve(maxTokens, contextTokens);
	const starts = messages.flatMap(({ role }, index) => (role === "user" ? [index] : []));
	// Whatever stands before the first user's message belongs to the first turn.
	starts[0] = system.length;
	const keepFrom = (keptFrom: number): PromptMessages => keptPart(messages, { keptFrom });

	let low = 0;
	let high = starts.length - 1;
	let fits: Fit | undefined;
	let tokens = 0;
	// The whole conversation is by far the most frequent answer; otherwise bisect, since counting takes time.
	let middle = 0;
	while (low <= high) {
		const from = starts[middle] ?? system.length;
		tokens = count(keepFrom(from));
		if (tokens <= limitTokens) {
			fits = { keptFrom: from, promptTokens: tokens, contextTokens };
			high = middle - 1;
		} else {
			low = middle + 1;
		}
		middle = Math.floor((low + high) / 2);
	}
	if (fits) {
		return fits;
	}
	const isContinued = answerBeginning(messages) !== undefined;
	const lastLimitTokens = isContinued ? contextTokens - leastFreeTokens : limitTokens;
	if (tokens > lastLimitTokens) {
		throw tooLong(messages, tokens, lastLimitTokens, size);
	}
	return { keptFrom: starts.at(-1) ?? system.length, promptTokens: tokens, contextTokens };
}

/** @returns what is left of a conversation: its system message, and all from the first message that fits. */
export function keptPart(
	messages: PromptMessages,
	{ keptFrom }: Pick<Fit, "keptFrom">,
): readonly Message[] {
	const system = messages.slice(0, messages[0]?.role === "system" ? 1 : 0);
	return [...system, ...messages.slice(Math.max(keptFrom, system.length))];
}

/** @returns the error for a conversation that leaves no room for its answer, or for more of it. */
export function tooLong(
	messages: PromptMessages,
	tokens: number,
	limitTokens: number,
	{ contextTokens, trainedContextTokens }: ContextSize,
): FailureError {
	const kind = answerBeginning(messages) ? "answerTooLong" : "messageTooLong";
	return new FailureError({ kind, tokens, limitTokens, contextTokens, trainedContextTokens });
}
