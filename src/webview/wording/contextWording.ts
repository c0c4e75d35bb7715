import { usedTokens, type ContextUse } from "../../protocol/chat/contextUse";
import { formatCount } from "../../wording/format";

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

/**
 * @param hasDropped the model does not see the oldest messages any more
 * @returns what it means that the context is full, or nearly.
 */
export function describeFullness(use: ContextUse, hasDropped: boolean): string {
	const extent = usedTokens(use) < use.contextTokens ? "nearly full" : "full";
	const next = hasDropped
		? `${droppedText} More will drop out with your next message.`
		: "With your next message, the model will no longer see the oldest ones.";
	return `The context is ${extent}: ${describeUse(use)}. ${next}`;
}

/** Where the model sees the end of a conversation only. */
export const droppedText = "The oldest messages dropped out: the model no longer sees them.";
