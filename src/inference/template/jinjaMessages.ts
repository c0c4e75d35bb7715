import type { Message } from "../../protocol/inference/inference";

/** The form in which a template accepts a conversation. The first option of each field is the common one. */
export interface MessageForm {
	/** "folded": the first user message begins with the system message. */
	readonly system: "role" | "folded";
	/** "parts": a list with one text part. */
	readonly content: "text" | "parts";
	/** The field for an assistant's thought; `undefined` if the template shows none. */
	readonly thought: ThoughtField | undefined;
}

/** A field of the message, or a part of its content. */
export type ThoughtField = "reasoning_content" | "reasoning" | "thinking" | "part";

export type JinjaMessage = Readonly<Record<string, unknown>> & { readonly role: Message["role"] };

/**
 * Converts a conversation to a template's form. Joins consecutive messages of one role and puts a user message first,
 * since many templates reject anything else.
 */
export function jinjaMessages(messages: readonly Message[], form: MessageForm): JinjaMessage[] {
	const [first, ...rest] = messages;
	const system = first?.role === "system" ? first : undefined;
	const turns = alternating(system ? rest : messages);
	if (turns[0]?.role !== "user" && turns.length > 0) {
		turns.unshift({ role: "user", text: "" });
	}
	if (system && form.system === "folded") {
		const [question] = turns;
		const text =
			question && question.text !== "" ? `${system.text}\n\n${question.text}` : system.text;
		turns[0] = { role: "user", text };
	} else if (system) {
		turns.unshift(system);
	}
	return turns.map((message) => jinjaMessage(message, form));
}

/** Returns the turns. Consecutive turns of one role are joined with a blank line. */
function alternating(messages: readonly Message[]): Message[] {
	const turns: Message[] = [];
	for (const message of messages) {
		const last = turns.at(-1);
		if (last?.role === message.role) {
			turns[turns.length - 1] = { ...message, text: `${last.text}\n\n${message.text}` };
		} else {
			turns.push(message);
		}
	}
	return turns;
}

function jinjaMessage({ role, text, thought = "" }: Message, form: MessageForm): JinjaMessage {
	const parts: unknown[] = [{ type: "text", text }];
	if (role !== "assistant" || thought === "" || form.thought === undefined) {
		return { role, content: form.content === "parts" ? parts : text };
	}
	return form.thought === "part"
		? { role, content: [{ type: "thinking", thinking: thought }, ...parts] }
		: { role, content: form.content === "parts" ? parts : text, [form.thought]: thought };
}
