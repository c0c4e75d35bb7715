import { valueOffset } from "./badModels";

/**
 * GGUF aligns weights to this many bytes. A header that grows by multiples of it leaves the weights where they are
 * expected.
 */
const alignment = 32;

/** The space after the first token distinguishes this template from the demo model's own. */
const template = (textOfMessage: string): string =>
	`{{ '<|begin_of_text|> ' }}{% for message in messages %}{% set text = message['content'] %}${textOfMessage}` +
	`{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + text + '<|eot_id|>' }}{% endfor %}` +
	`{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}`;

/** Renders conversations as the demo model expects them. */
export const plainTemplate = template("");

/** The same for a model that thinks before its reply. Complete thoughts are removed from earlier messages. */
export const thinkingTemplate = template(
	"{% if '<think>' in text and '</think>' in text %}{% set text = text.split('</think>')[-1] %}{% endif %}",
);

/** Returns the demo model with another chat template. */
export function withTemplate(model: Buffer, chatTemplate: string): Buffer {
	const at = valueOffset(model, "tokenizer.chat_template");
	const oldBytes = Number(model.readBigUInt64LE(at));
	const text = Buffer.from(chatTemplate);
	// Padding in a comment, which Jinja drops.
	const missing = (alignment - ((text.length + "{##}".length - oldBytes) % alignment)) % alignment;
	const padded = Buffer.concat([text, Buffer.from(`{#${" ".repeat(missing)}#}`)]);
	const length = Buffer.alloc(8);
	length.writeBigUInt64LE(BigInt(padded.length));
	return Buffer.concat([model.subarray(0, at), length, padded, model.subarray(at + 8 + oldBytes)]);
}
