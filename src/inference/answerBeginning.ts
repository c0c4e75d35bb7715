import type { AnswerBeginning, PromptMessages, Message } from "../protocol/inference/inference";

/** Returns the existing part of the answer that is to be continued; `undefined` for a new answer. */
export function answerBeginning(messages: PromptMessages): AnswerBeginning | undefined {
	const last = messages.at(-1);
	return last && isAnswer(last) && (last.text !== "" || (last.thought ?? "") !== "")
		? last
		: undefined;
}

function isAnswer(message: Message): message is AnswerBeginning {
	return message.role === "assistant";
}
