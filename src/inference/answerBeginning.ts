import type { AnswerBeginning, PromptMessages, Message } from "../protocol/inference/inference";

/** @returns what there is already of the answer that is asked for; `undefined` if nothing, so that it begins afresh. */
export function answerBeginning(messages: PromptMessages): AnswerBeginning | undefined {
	const last = messages.at(-1);
	return last && isAnswer(last) && (last.text !== "" || (last.thought ?? "") !== "")
		? last
		: undefined;
}

function isAnswer(message: Message): message is AnswerBeginning {
	return message.role === "assistant";
}
