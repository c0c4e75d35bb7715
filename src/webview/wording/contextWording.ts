import { usedTokens, type ContextUse } from "../../protocol/chat/contextUse";
import { t } from "../../wording/localize";
import { formatCount } from "../../wording/format";

/** Returns the used share of the context, 0 to 1. */
export function usedFraction(use: ContextUse): number {
	return Math.min(1, usedTokens(use) / use.contextTokens);
}

/** Returns "1,204 of 8,192 tokens". */
export function describeUse(use: ContextUse): string {
	return t("{0} of {1} tokens", formatCount(usedTokens(use)), formatCount(use.contextTokens));
}

/** Returns the parts of the context with their tokens, and the tokens left. */
export function contextRows(use: ContextUse): readonly { label: string; tokens: number }[] {
	return [
		{ label: t("System prompt"), tokens: use.systemTokens },
		{ label: t("Conversation"), tokens: use.historyTokens },
		{ label: t("Attached code"), tokens: use.attachmentTokens },
		{ label: t("Message"), tokens: use.draftTokens },
		{ label: t("Left for the answer"), tokens: Math.max(0, use.contextTokens - usedTokens(use)) },
	];
}

/**
 * Returns what a full or nearly full context means.
 *
 * @param hasDropped whether the model no longer sees the oldest messages
 */
export function describeFullness(use: ContextUse, hasDropped: boolean): string {
	const extent =
		usedTokens(use) < use.contextTokens
			? t("The context is nearly full: {0}.", describeUse(use))
			: t("The context is full: {0}.", describeUse(use));
	const next = hasDropped
		? `${droppedText()} ${t("More will drop out with your next message.")}`
		: t("With your next message, the model will no longer see the oldest ones.");
	return `${extent} ${next}`;
}

/** Returns the notice for a chat of which the model sees only the end. */
export function droppedText(): string {
	return t("The oldest messages dropped out: the model no longer sees them.");
}
