import type { ChatHistoryItem, ChatWrapper, LlamaModel, Token } from "node-llama-cpp";
import type { Message } from "../../protocol/inference";

/**
 * @returns a conversation in the library's terms, in which users' messages that follow each other are one. Every
 * word of it is text: the template adds the special tokens.
 */
export function toHistory(messages: readonly Message[]): ChatHistoryItem[] {
	const history: ChatHistoryItem[] = [];
	for (const { role, text } of messages) {
		const last = history.at(-1);
		if (role === "assistant") {
			history.push({ type: "model", response: [text] });
		} else if (role === "user" && last?.type === "user") {
			last.text += `\n\n${text}`;
		} else {
			history.push({ type: role, text });
		}
	}
	return history;
}

/** @returns the tokens of a conversation that the model is about to answer, as `LlamaChat` evaluates them. */
export function promptTokens(
	model: LlamaModel,
	chatWrapper: ChatWrapper,
	messages: readonly Message[],
): Token[] {
	const { contextText } = chatWrapper.generateContextState({
		chatHistory: [...toHistory(messages), { type: "model", response: [] }],
	});
	return contextText.tokenize(model.tokenizer);
}
