import { Template } from "@huggingface/jinja";
import type { Message } from "../../../src/protocol/inference/inference";
import type { TemplateShape } from "./templateShapes";

/** Ordinary conversations that contain nothing like a template mark. */
export const templateConversations: Readonly<Record<string, readonly Message[]>> = {
	"one question": [{ role: "user", text: "Who are you?" }],
	"a system prompt": [
		{ role: "system", text: "Be brief." },
		{ role: "user", text: "  Who are you?\n" },
	],
	"several turns": [
		{ role: "system", text: "Be brief." },
		{ role: "user", text: "One" },
		{ role: "assistant", text: "1" },
		{ role: "user", text: "Two" },
		{ role: "assistant", text: "\n2\n\n- b\n" },
		{ role: "user", text: "> Three" },
	],
	thoughts: [
		{ role: "user", text: "One" },
		{ role: "assistant", text: "1", thought: "Easy" },
		{ role: "user", text: "Two" },
		{ role: "assistant", text: "2", thought: "Hm.\nOne more" },
		{ role: "user", text: "Three" },
	],
};

/** Returns the prompt that a full Jinja renders for a conversation, with the inputs that the shape's model documents. */
export function jinjaPrompt(
	shape: TemplateShape,
	messages: readonly Message[],
	{ bosText = "<s>", eosText = "</s>" } = {},
): string {
	const [first, ...rest] = messages;
	const folded =
		shape.refusesSystem && first?.role === "system"
			? rest.map((message, index) =>
					index === 0 ? { ...message, text: `${first.text}\n\n${message.text}` } : message,
				)
			: messages;
	return new Template(shape.source).render({
		messages: folded.map(({ role, text, thought }) => ({ role, ...content(shape, text, thought) })),
		bos_token: bosText,
		eos_token: eosText,
		add_generation_prompt: true,
		...(shape.name.startsWith("tools") ? { tools: [] } : {}),
	});
}

function content(shape: TemplateShape, text: string, thought = ""): Record<string, unknown> {
	const parts = [{ type: "text", text }];
	if (shape.name === "contents in parts") {
		return { content: parts };
	}
	if (shape.name === "thoughts as parts of a content" && thought !== "") {
		return { content: [{ type: "thinking", thinking: thought }, ...parts] };
	}
	return {
		content: text,
		...(shape.thoughtField && thought !== "" ? { [shape.thoughtField]: thought } : {}),
	};
}
