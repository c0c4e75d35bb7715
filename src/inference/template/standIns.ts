import type { Vocabulary } from "./vocabulary";

/** A common chat template. */
interface StandIn {
	readonly format: string;
	/** The special tokens that identify a vocabulary for this template. */
	readonly specials: readonly string[];
	readonly source: string;
}

const eachMessage = (text: string): string => `{% for m in messages %}${text}{% endfor %}`;
const toAnswer = (text: string): string => `{% if add_generation_prompt %}${text}{% endif %}`;

const standIns: readonly StandIn[] = [
	{
		format: "ChatML",
		specials: ["<|im_start|>", "<|im_end|>"],
		source:
			eachMessage("{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}") +
			toAnswer("{{ '<|im_start|>assistant\\n' }}"),
	},
	{
		format: "Llama 3",
		specials: ["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
		source:
			"{{ bos_token }}" +
			eachMessage(
				"{{ '<|start_header_id|>' + m.role + '<|end_header_id|>\\n\\n' + m.content + '<|eot_id|>' }}",
			) +
			toAnswer("{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}"),
	},
	{
		format: "Gemma",
		specials: ["<start_of_turn>", "<end_of_turn>"],
		source:
			"{{ bos_token }}" +
			eachMessage(
				"{% if m.role == 'system' %}{{ raise_exception('No system role') }}{% endif %}" +
					"{{ '<start_of_turn>' + ('model' if m.role == 'assistant' else 'user') + '\\n' + m.content + '<end_of_turn>\\n' }}",
			) +
			toAnswer("{{ '<start_of_turn>model\\n' }}"),
	},
	{
		format: "Mistral",
		specials: ["[INST]", "[/INST]"],
		source:
			"{{ bos_token }}" +
			eachMessage(
				"{% if m.role == 'system' %}{{ raise_exception('No system role') }}{% endif %}" +
					"{% if m.role == 'user' %}{{ '[INST]' + m.content + '[/INST]' }}{% else %}{{ m.content + eos_token }}{% endif %}",
			),
	},
	{
		// Its own template uses a table with numeric keys, which the Jinja library does not support (0.5).
		format: "Seed",
		specials: ["<seed:bos>", "<seed:eos>", "<seed:think>", "</seed:think>"],
		source:
			eachMessage(
				"{{ bos_token + m.role + '\\n' }}" +
					"{% if m.reasoning_content %}{{ '<seed:think>' + m.reasoning_content + '</seed:think>\\n' }}{% endif %}" +
					"{{ m.content + eos_token }}",
			) + toAnswer("{{ bos_token + 'assistant\\n' }}"),
	},
	{
		format: "Zephyr",
		specials: ["<|user|>", "<|assistant|>"],
		source:
			eachMessage("{{ '<|' + m.role + '|>\\n' + m.content + eos_token + '\\n' }}") +
			toAnswer("{{ '<|assistant|>\\n' }}"),
	},
];

const plainText: StandIn = {
	specials: [],
	format: "plain text",
	source:
		"{{ bos_token }}" +
		eachMessage(
			"{% if m.role == 'system' %}{{ m.content + '\\n\\n' }}{% else %}" +
				"{{ ('Assistant' if m.role == 'assistant' else 'User') + ': ' + m.content + '\\n\\n' }}{% endif %}",
		) +
		toAnswer("{{ 'Assistant:' }}"),
};

/** Returns the template whose special tokens a vocabulary has. */
export function standInFor({ specials }: Vocabulary): StandIn {
	const texts = new Set(specials.map(({ text }) => text));
	return standIns.find((standIn) => standIn.specials.every((text) => texts.has(text))) ?? plainText;
}
