import type { AttachmentId } from "./ids";

/** What takes room in the context of the loaded model, in tokens by the model's own tokenizer. */
export interface ContextUse {
	/** Tokens that the model sees at once. */
	readonly contextTokens: number;
	/** Tokens that the context could have at most. */
	readonly trainedContextTokens: number;
	readonly systemTokens: number;
	/** Of the conversation as far as the model sees it, the running answer included. */
	readonly historyTokens: number;
	/** Of the code that goes with the next message. */
	readonly attachmentTokens: number;
	/** Of the code, the piece that is longest; `undefined` where there is none. */
	readonly longestAttachmentId: AttachmentId | undefined;
	/** Of what is typed, with what the model's template puts around a message. */
	readonly draftTokens: number;
	/** UTF-16 units of what is typed: a draft of another length is another view's, or was typed on since. */
	readonly draftLength: number;
	/** That are to be left when the next message is sent (see `answerReserve`). */
	readonly reserveTokens: number;
}

/** The context must keep room for this many tokens after a prompt, or the library shifts it. */
export const leastFreeTokens = 2;

/** @returns tokens of the context that an answer may count on: what it asks for, but at most a quarter. */
export function answerReserve(maxTokens: number, contextTokens: number): number {
	return Math.max(leastFreeTokens, Math.min(maxTokens, Math.floor(contextTokens / 4)));
}

/** @returns tokens of the prompt that the next message would make. */
export function usedTokens(use: ContextUse): number {
	return use.systemTokens + use.historyTokens + use.attachmentTokens + use.draftTokens;
}

/** @returns tokens of the next message, with its code and the system prompt: what no conversation can make room for. */
export function messageTokens(use: ContextUse): number {
	return use.systemTokens + use.attachmentTokens + use.draftTokens;
}

/** @returns whether a message that is sent now leaves less room than an answer may count on, so that something has to go. */
export function isNearlyFull(use: ContextUse): boolean {
	return usedTokens(use) > limitTokens(use);
}

/** @returns the longest that a message may be, with the system prompt, however much of the conversation leaves. */
export function limitTokens({ contextTokens, reserveTokens }: ContextUse): number {
	return contextTokens - reserveTokens;
}
