import type { AttachmentId } from "./ids";

/** How much of the loaded model's context is used, in tokens of the model's own tokenizer. */
export interface ContextUse {
	/** Tokens that the model sees at once. */
	readonly contextTokens: number;
	/** Largest possible context, in tokens. */
	readonly trainedContextTokens: number;
	readonly systemTokens: number;
	/** Tokens of the conversation as far as the model sees it, including the running answer. */
	readonly historyTokens: number;
	/** Tokens of the code that is attached to the next message. */
	readonly attachmentTokens: number;
	/** The longest piece of attached code; `undefined` if there is none. */
	readonly longestAttachmentId: AttachmentId | undefined;
	/** Tokens of the draft, including those that the template adds around a message. */
	readonly draftTokens: number;
	/**
	 * UTF-16 units of the draft that was counted. A draft of another length belongs to another view, or has changed
	 * since.
	 */
	readonly draftLength: number;
	/** Tokens to leave free when the next message is sent (see `answerReserve`). */
	readonly reserveTokens: number;
}

/** The context must have room for this many tokens after a prompt, or the library shifts the context. */
export const leastFreeTokens = 2;

/** Returns the tokens of the context that an answer can count on: those it asks for, but at most a quarter. */
export function answerReserve(maxTokens: number, contextTokens: number): number {
	return Math.max(leastFreeTokens, Math.min(maxTokens, Math.floor(contextTokens / 4)));
}

/** Returns the tokens of the prompt that the next message would produce. */
export function usedTokens(use: ContextUse): number {
	return use.systemTokens + use.historyTokens + use.attachmentTokens + use.draftTokens;
}

/** Returns the tokens of the next message with its code and the system prompt, for which no trimming can make room. */
export function messageTokens(use: ContextUse): number {
	return use.systemTokens + use.attachmentTokens + use.draftTokens;
}

/**
 * Returns whether a message sent now would leave less room than an answer can count on, so that the conversation has to
 * be trimmed.
 */
export function isNearlyFull(use: ContextUse): boolean {
	return usedTokens(use) > limitTokens(use);
}

/**
 * Returns the maximum length of a message with the system prompt, however much of the conversation is left out, in
 * tokens.
 */
export function limitTokens({ contextTokens, reserveTokens }: ContextUse): number {
	return contextTokens - reserveTokens;
}
