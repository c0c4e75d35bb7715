import { valueOffset } from "./badModels";

/** The boundary of a GGUF's weights: a header that grows by whole steps of it leaves them where they are expected. */
const alignment = 32;

/** The space behind the first token makes it a template of its own for the library, which knows the demo model's. */
const template = (textOfMessage: string): string =>
	`{{ '<|begin_of_text|> ' }}{% for message in messages %}{% set text = message['content'] %}${textOfMessage}` +
	`{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + text + '<|eot_id|>' }}{% endfor %}` +
	`{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}`;

/** Puts conversations as the demo model knows them; the library drops white space before answers to such a one. */
export const plainTemplate = template("");

/** The same for a model that thinks before its reply, and of whose thoughts only the last stay. */
export const thinkingTemplate = template(
	"{% if '<think>' in text and '</think>' in text %}{% set text = text.split('</think>')[-1] %}{% endif %}",
);

/** @returns the demo model with another chat template. */
export function withTemplate(model: Buffer, chatTemplate: string): Buffer {
	const at = valueOffset(model, "tokenizer.chat_template");
	const oldBytes = Number(model.readBigUInt64LE(at));
	const text = Buffer.from(chatTemplate);
	// Jinja drops a comment.
	const missing = (alignment - ((text.length + "{##}".length - oldBytes) % alignment)) % alignment;
	const padded = Buffer.concat([text, Buffer.from(`{#${" ".repeat(missing)}#}`)]);
	const length = Buffer.alloc(8);
	length.writeBigUInt64LE(BigInt(padded.length));
	return Buffer.concat([model.subarray(0, at), length, padded, model.subarray(at + 8 + oldBytes)]);
}
