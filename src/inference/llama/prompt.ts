import type {
	ChatHistoryItem,
	ChatModelResponse,
	ChatWrapper,
	LlamaModel,
	Token,
} from "node-llama-cpp";
import type { AnswerBeginning, Conversation } from "../../protocol/inference";
import { answerBeginning } from "../answerBeginning";

/**
 * @param knowsThoughts whether the model's template has a place for thoughts
 * @returns a conversation in the library's terms, in which users' messages that follow each other are one. It ends with
 * the model's turn only if that has begun. Every word of it is text: the template adds the special tokens.
 */
export function toHistory(messages: Conversation, knowsThoughts: boolean): ChatHistoryItem[] {
	const beginning = answerBeginning(messages);
	const history: ChatHistoryItem[] = [];
	for (const message of messages) {
		const { role, text } = message;
		const last = history.at(-1);
		if (role === "assistant") {
			const response = message === beginning ? begunResponse(beginning, knowsThoughts) : [text];
			history.push({ type: "model", response });
		} else if (role === "user" && last?.type === "user") {
			last.text += `\n\n${text}`;
		} else {
			history.push({ type: role, text });
		}
	}
	const last = history.at(-1);
	// With an empty turn of its own the library would not let the model begin with a thought.
	return last?.type === "model" && isEmpty(last) ? history.slice(0, -1) : history;
}

/** @returns whether a model's template has a place for thoughts, without which they would stand in the reply. */
export function knowsThoughts({ settings }: ChatWrapper): boolean {
	return settings.segments?.thought !== undefined;
}

/** @returns the tokens of a conversation that the model is about to answer, as `LlamaChat` evaluates them. */
export function promptTokens(
	model: LlamaModel,
	chatWrapper: ChatWrapper,
	messages: Conversation,
): Token[] {
	const history = toHistory(messages, knowsThoughts(chatWrapper));
	const chatHistory: ChatHistoryItem[] =
		history.at(-1)?.type === "model" ? history : [...history, { type: "model", response: [] }];
	return chatWrapper.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer);
}

/**
 * @returns the wrapper as it is, but for what it drops of the beginning of an answer: some drop white space there, which
 * in the middle of an answer separates words and indents code.
 */
export function droppingNothing(chatWrapper: ChatWrapper): ChatWrapper {
	const generateContextState: ChatWrapper["generateContextState"] = (options) => {
		const state = chatWrapper.generateContextState(options);
		state.ignoreStartText = [];
		return state;
	};
	return Object.create(chatWrapper, {
		generateContextState: { value: generateContextState },
	}) as ChatWrapper;
}

/** An open thought comes last, so that the model thinks on; one that was thought to its end is closed. */
function begunResponse(
	{ text, thought = "" }: AnswerBeginning,
	knowsThoughts: boolean,
): ChatModelResponse["response"] {
	const reply = text === "" ? [] : [text];
	return !knowsThoughts || thought === ""
		? reply
		: [{ type: "segment", segmentType: "thought", text: thought, ended: text !== "" }, ...reply];
}

function isEmpty({ response }: ChatModelResponse): boolean {
	return response.every((part) => part === "");
}
