import type { ChatId } from "../../protocol/chat/ids";
import type { InferenceFailure } from "../../protocol/failure";
import type { Conversation } from "../conversation/conversation";
import { titleOf } from "../conversation/title";

/** An answer that failed, as a whole or in its middle. */
export interface FailedAnswer {
	readonly chatId: ChatId;
	/** Of its conversation. */
	readonly title: string;
	readonly failure: InferenceFailure;
}

export function failedAnswer(conversation: Conversation, failure: InferenceFailure): FailedAnswer {
	return { chatId: conversation.id, title: titleOf(conversation), failure };
}
