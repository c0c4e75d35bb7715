import type { ChatState } from "../../protocol/chat/chat";
import { t } from "../../wording/localize";
import { limitTokens, messageTokens } from "../../protocol/chat/contextUse";
import { describeFailure } from "../../wording/describeFailure";
import type { InferenceFailure } from "../../protocol/failure";
import { formatCount } from "../../wording/format";
import { messageIn } from "../../protocol/chat/messageIn";

/** A message that does not fit into the context, even without the rest of the conversation. */
export interface MessageTooLong {
	/** What is too long, and what the user can do. */
	readonly sentence: string;
	/** Whether it was refused by a previous model or context, so that sending it again may succeed. */
	readonly mayFit: boolean;
	/** Whether the system prompt leaves no room for any message. */
	readonly isSystemPrompt: boolean;
	/** Whether the model was trained for a larger context than it has. */
	readonly canGrow: boolean;
}

/**
 * Returns what is known about a message that is too long: by its token count or, without a count, by the host's
 * refusal. Returns `undefined` if it may fit.
 *
 * @param draft the draft of this view
 */
export function messageTooLong(chat: ChatState, draft: string): MessageTooLong | undefined {
	const counted = countedTooLong(chat, draft);
	const failure = counted ?? refusedTooLong(chat, draft);
	const { contextUse, model } = chat;
	if (!failure) {
		return undefined;
	}
	const canGrow = failure.contextTokens < failure.trainedContextTokens;
	const mayFit =
		!counted && !(model.kind === "ready" && model.info.contextTokens === failure.contextTokens);
	if (contextUse && contextUse.systemTokens > limitTokens(contextUse)) {
		const counts = t(
			"The system prompt is too long: it has {0} tokens. To leave room for an answer in the context of {2} tokens, it can have at most {1}.",
			formatCount(contextUse.systemTokens),
			formatCount(failure.limitTokens),
			formatCount(failure.contextTokens),
		);
		const remedy = canGrow
			? t("Shorten it, or set a larger context size.")
			: t("Shorten it, or choose a model with a larger context.");
		return {
			sentence: `${counts} ${remedy}`,
			isSystemPrompt: true,
			mayFit,
			canGrow,
		};
	}
	const { sentence } = describeFailure(failure, chat.attachments.length > 0);
	return { sentence, isSystemPrompt: false, mayFit, canGrow };
}

type Failure = Extract<InferenceFailure, { readonly kind: "messageTooLong" }>;

function countedTooLong({ contextUse }: ChatState, draft: string): Failure | undefined {
	if (contextUse?.draftLength !== draft.length) {
		return undefined;
	}
	const { contextTokens, trainedContextTokens } = contextUse;
	const tokens = messageTokens(contextUse);
	const limit = limitTokens(contextUse);
	return tokens > limit
		? { kind: "messageTooLong", tokens, limitTokens: limit, contextTokens, trainedContextTokens }
		: undefined;
}

function refusedTooLong({ contextUse, refusal }: ChatState, draft: string): Failure | undefined {
	if (!refusal || contextUse?.draftLength === draft.length) {
		return undefined;
	}
	const { failure, text } = refusal;
	return failure?.kind === "messageTooLong" && messageIn(draft).startsWith(text)
		? failure
		: undefined;
}
