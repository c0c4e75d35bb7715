import type { ChatId } from "../../protocol/chat/ids";
import type { InferenceFailure } from "../../protocol/failure";
import type { Conversation } from "../conversation/conversation";
import { titleOf } from "../conversation/title";

/** An answer that failed before or after its first text. */
export interface FailedAnswer {
	readonly chatId: ChatId;
	/** The title of its chat; may be empty. */
	readonly title: string;
	readonly failure: InferenceFailure;
}

export function failedAnswer(conversation: Conversation, failure: InferenceFailure): FailedAnswer {
	return { chatId: conversation.id, title: titleOf(conversation), failure };
}
