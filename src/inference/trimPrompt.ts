import { answerReserve, leastFreeTokens } from "../protocol/chat/contextUse";
import type { PromptMessages, TrimmedPrompt, Message } from "../protocol/inference/inference";
import { answerBeginning } from "./answerBeginning";
import type { ModelInfo } from "../protocol/inference/model";
import { FailureError } from "../protocol/failureError";

/** The context size of a loaded model, and the largest it could be. */
export type ContextSize = Pick<ModelInfo, "contextTokens" | "trainedContextTokens">;

/** Returns the most tokens of an answer after a prompt: the requested number, or up to the end of the context. */
export function answerLimit(
	promptTokens: number,
	maxTokens: number,
	contextTokens: number,
): { readonly tokens: number; readonly by: "maxTokens" | "contextFull" } {
	// The last token of an answer is never evaluated, so prompt and answer together may fill the context.
	const left = contextTokens - promptTokens;
	return maxTokens <= left
		? { tokens: maxTokens, by: "maxTokens" }
		: { tokens: left, by: "contextFull" };
}

/** A trimmed conversation with its prompt. */
export interface Trimmed<P> {
	readonly trim: TrimmedPrompt;
	readonly prompt: P;
}

/**
 * Finds the longest end of a conversation that leaves room for an answer. The system message always stays. Whole turns
 * (a user message and its answer) are omitted, oldest first. A continued answer may use the context to its end if there
 * is no other room.
 *
 * @param render makes the prompt of the given messages; more messages must give more tokens
 * @throws {FailureError} `messageTooLong`, or `answerTooLong` for a continued answer, if the system message and the
 * last turn alone do not fit
 */
export function trimPrompt<P extends { readonly tokens: { readonly length: number } }>(
	messages: PromptMessages,
	maxTokens: number,
	size: ContextSize,
	render: (messages: PromptMessages) => P,
): Trimmed<P> {
	const { contextTokens } = size;
	const system = messages.slice(0, messages[0]?.role === "system" ? 1 : 0);
	const limitTokens = contextTokens - answerReserve(maxTokens, contextTokens);
	const starts = messages.flatMap(({ role }, index) => (role === "user" ? [index] : []));
	// Messages before the first user message belong to the first turn.
	starts[0] = system.length;
	const renderFrom = (keptFrom: number): Trimmed<P> => {
		const prompt = render(keptPart(messages, { keptFrom }));
		return { trim: { keptFrom, promptTokens: prompt.tokens.length, contextTokens }, prompt };
	};

	let low = 0;
	let high = starts.length - 1;
	let fitting: Trimmed<P> | undefined;
	let last: Trimmed<P> | undefined;
	// Most conversations fit as a whole, so that is tried first. Otherwise bisects, since rendering takes time.
	let middle = 0;
	while (low <= high) {
		last = renderFrom(starts[middle] ?? system.length);
		if (last.trim.promptTokens <= limitTokens) {
			fitting = last;
			high = middle - 1;
		} else {
			low = middle + 1;
		}
		middle = Math.floor((low + high) / 2);
	}
	const shortest = fitting ?? last ?? renderFrom(system.length);
	const isContinued = answerBeginning(messages) !== undefined;
	const lastLimitTokens = isContinued ? contextTokens - leastFreeTokens : limitTokens;
	if (!fitting && shortest.trim.promptTokens > lastLimitTokens) {
		throw tooLong(messages, shortest.trim.promptTokens, lastLimitTokens, size);
	}
	return shortest;
}

/** Returns the rest of a trimmed conversation: its system message, and all messages from the first that fits. */
export function keptPart(
	messages: PromptMessages,
	{ keptFrom }: Pick<TrimmedPrompt, "keptFrom">,
): readonly Message[] {
	const system = messages.slice(0, messages[0]?.role === "system" ? 1 : 0);
	return [...system, ...messages.slice(Math.max(keptFrom, system.length))];
}

/** Returns the error for a conversation that leaves no room for its answer, or for more of it. */
function tooLong(
	messages: PromptMessages,
	tokens: number,
	limitTokens: number,
	{ contextTokens, trainedContextTokens }: ContextSize,
): FailureError {
	const kind = answerBeginning(messages) ? "answerTooLong" : "messageTooLong";
	return new FailureError({
		kind,
		tokens,
		// A damaged model may have a context that is smaller than the reserve.
		limitTokens: Math.max(0, limitTokens),
		contextTokens,
		trainedContextTokens,
	});
}
