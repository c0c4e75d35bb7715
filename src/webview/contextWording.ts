import { limitTokens, usedTokens, type ContextUse } from "../protocol/contextUse";
import { formatCount } from "../protocol/format";

/** @returns how much of the context is taken, 0 to 1. */
export function usedFraction(use: ContextUse): number {
	return Math.min(1, usedTokens(use) / use.contextTokens);
}

/** @returns "1,204 of 8,192 tokens" */
export function describeUse(use: ContextUse): string {
	return `${formatCount(usedTokens(use))} of ${formatCount(use.contextTokens)} tokens`;
}

/** @returns what takes the context, a line each, and what is left. */
export function contextRows(use: ContextUse): readonly { label: string; tokens: number }[] {
	return [
		{ label: "System prompt", tokens: use.systemTokens },
		{ label: "Conversation", tokens: use.historyTokens },
		{ label: "Attached code", tokens: use.attachmentTokens },
		{ label: "Message", tokens: use.draftTokens },
		{ label: "Left for the answer", tokens: Math.max(0, use.contextTokens - usedTokens(use)) },
	];
}

/** @returns what it means that the context is nearly full. */
export function describeFullness(use: ContextUse): string {
	const message = use.systemTokens + use.attachmentTokens + use.draftTokens;
	return message > limitTokens(use)
		? `This message is too long for the context: ${formatCount(message)} tokens with the system prompt, where ${formatCount(limitTokens(use))} leave room for an answer.`
		: `The context is nearly full: ${describeUse(use)}. With the next message the oldest ones leave the model’s view.`;
}
