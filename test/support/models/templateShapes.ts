import type { Vocabulary } from "../../../src/inference/template/vocabulary";

/** A chat template in a common shape, with the special tokens of its vocabulary. */
export interface TemplateShape {
	readonly name: string;
	readonly source: string;
	readonly specials: readonly string[];
	/** The field in which Jinja receives an assistant's thought; `undefined` if the template has no place for it. */
	readonly thoughtField?: string;
	/** The template accepts no system message. */
	readonly refusesSystem?: true;
}

const each = (body: string): string => `{% for m in messages %}${body}{% endfor %}`;
const go = (body: string): string => `{% if add_generation_prompt %}${body}{% endif %}`;
const chatMl = (text: string): string =>
	each(`{{ '<|im_start|>' + m.role + '\\n' + ${text} + '<|im_end|>\\n' }}`);
const chatMlSpecials = ["<|im_start|>", "<|im_end|>"];
const think = ["<think>", "</think>"];
const roles = (user: string, assistant: string, system = user): string =>
	each(
		`{% if m.role == 'assistant' %}${assistant}{% elif m.role == 'system' %}${system}{% else %}${user}{% endif %}`,
	);
const alternates =
	"{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate') }}{% endif %}{% endfor %}";
const noSystem =
	"{% if messages[0].role == 'system' %}{{ raise_exception('No system role') }}{% endif %}";
/** Drops the thoughts before the last question. */
const lastThoughts =
	"{% set ns = namespace(last=-1) %}{% for m in messages %}{% if m.role == 'user' %}{% set ns.last = loop.index0 %}{% endif %}{% endfor %}";

/** The shapes of the templates in public use, each as short as possible. */
export const templateShapes: readonly TemplateShape[] = [
	{
		name: "ChatML",
		specials: chatMlSpecials,
		source: chatMl("m.content") + go("{{ '<|im_start|>assistant\\n' }}"),
	},
	{
		name: "ChatML with a system prompt of its own",
		specials: chatMlSpecials,
		source:
			"{% if messages[0].role != 'system' %}{{ '<|im_start|>system\\nYou help.<|im_end|>\\n' }}{% endif %}" +
			chatMl("m.content") +
			go("{{ '<|im_start|>assistant\\n' }}"),
	},
	{
		name: "headers, with white space taken off",
		specials: ["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
		source:
			"{{ bos_token }}" +
			each(
				"{{ '<|start_header_id|>' + m.role + '<|end_header_id|>\\n\\n' + m.content | trim + '<|eot_id|>' }}",
			) +
			go("{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}"),
	},
	{
		name: "a date in the system prompt",
		specials: ["<|header|>", "<|eot|>"],
		source:
			"{{ '<|header|>system: ' + strftime_now('%Y') + '<|eot|>' }}" +
			each("{{ '<|header|>' + m.role + '\\n' + m.content + '<|eot|>' }}") +
			go("{{ '<|header|>assistant\\n' }}"),
	},
	{
		name: "turns that alternate, and no system role",
		specials: ["<start_of_turn>", "<end_of_turn>"],
		refusesSystem: true,
		source:
			`{{ bos_token }}${noSystem}${alternates}` +
			each(
				"{{ '<start_of_turn>' + ('model' if m.role == 'assistant' else m.role) + '\\n' + m.content | trim + '<end_of_turn>\\n' }}",
			) +
			go("{{ '<start_of_turn>model\\n' }}"),
	},
	{
		name: "instructions, with the system prompt in the first",
		specials: [],
		source:
			"{% if messages[0].role == 'system' %}{% set s = '<<SYS>>\\n' + messages[0].content + '\\n<</SYS>>\\n\\n' %}{% set rest = messages[1:] %}{% else %}{% set s = '' %}{% set rest = messages %}{% endif %}" +
			"{% for m in rest %}{% if m.role == 'user' %}{{ bos_token + '[INST] ' + (s if loop.first else '') + m.content.strip() + ' [/INST]' }}{% else %}{{ ' ' + m.content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}",
	},
	{
		name: "instructions without a space around them, and no system role",
		specials: ["[INST]", "[/INST]"],
		refusesSystem: true,
		source:
			`{{ bos_token }}${noSystem}` +
			roles("{{ '[INST]' + m.content + '[/INST]' }}", "{{ m.content + eos_token }}"),
	},
	{
		name: "instructions, with the system prompt in the last",
		specials: ["[INST]", "[/INST]"],
		source:
			"{% if messages[0].role == 'system' %}{% set s = messages[0].content + '\\n\\n' %}{% set rest = messages[1:] %}{% else %}{% set s = '' %}{% set rest = messages %}{% endif %}{{ bos_token }}" +
			"{% for m in rest %}{% if m.role == 'user' %}{{ '[INST]' + (s if loop.last else '') + m.content + '[/INST]' }}{% else %}{{ m.content + eos_token }}{% endif %}{% endfor %}",
	},
	{
		name: "words for roles",
		specials: [],
		source:
			roles(
				"{{ 'USER: ' + m.content + ' ' }}",
				"{{ 'ASSISTANT: ' + m.content + eos_token }}",
				"{{ m.content + '\\n\\n' }}",
			) + go("{{ 'ASSISTANT:' }}"),
	},
	{
		name: "headings for roles, which say nothing of systems",
		specials: [],
		refusesSystem: true,
		source:
			each(
				"{% if m.role == 'user' %}{{ '### Instruction:\\n' + m.content + '\\n\\n' }}{% elif m.role == 'assistant' %}{{ '### Response:\\n' + m.content + eos_token + '\\n\\n' }}{% endif %}",
			) + go("{{ '### Response:\\n' }}"),
	},
	{
		name: "roles as tokens",
		specials: ["<|system|>", "<|user|>", "<|assistant|>", "<|end|>"],
		source:
			each("{{ '<|' + m.role + '|>\\n' + m.content + '<|end|>\\n' }}") +
			go("{{ '<|assistant|>\\n' }}"),
	},
	{
		name: "contents in parts",
		specials: ["<|role|>", "<|eot|>"],
		source:
			each(
				"{{ '<|role|>' + m.role + '\\n' }}{% for part in m.content %}{% if part.type == 'text' %}{{ part.text }}{% endif %}{% endfor %}{{ '<|eot|>' }}",
			) + go("{{ '<|role|>assistant\\n' }}"),
	},
	{
		name: "tools, which there are none of",
		specials: chatMlSpecials,
		source:
			"{% for tool in tools %}{{ tool | tojson }}{% endfor %}" +
			chatMl("m.content") +
			go("{{ '<|im_start|>assistant\\n' }}"),
	},
	{
		name: "thoughts that the model begins, dropped from the past",
		specials: [...chatMlSpecials, ...think],
		thoughtField: "reasoning_content",
		source:
			lastThoughts +
			"{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' }}" +
			"{% if m.role == 'assistant' and loop.index0 > ns.last %}{{ '<think>\\n' + (m.reasoning_content or '').strip('\\n') + '\\n</think>\\n\\n' }}{% endif %}" +
			"{{ m.content + '<|im_end|>\\n' }}{% endfor %}" +
			go(
				"{{ '<|im_start|>assistant\\n' }}{% if enable_thinking is defined and enable_thinking is false %}{{ '<think>\\n\\n</think>\\n\\n' }}{% endif %}",
			),
	},
	{
		name: "thoughts that the prompt begins, kept in the past",
		specials: [...chatMlSpecials, ...think],
		thoughtField: "reasoning_content",
		source:
			"{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' }}{% if m.reasoning_content %}{{ '<think>\\n' + m.reasoning_content + '\\n</think>\\n\\n' }}{% endif %}{{ m.content + '<|im_end|>\\n' }}{% endfor %}" +
			go("{{ '<|im_start|>assistant\\n<think>\\n' }}"),
	},
	{
		name: "plain ChatML but for thoughts that the prompt begins",
		specials: chatMlSpecials,
		source: chatMl("m.content") + go("{{ '<|im_start|>assistant\\n<think>\\n' }}"),
	},
	{
		name: "the end of a thought before past answers",
		specials: ["<|u|>", "<|a|>", ...think],
		source:
			roles("{{ '<|u|>' + m.content }}", "{{ '<|a|></think>' + m.content }}") +
			go("{{ '<|a|><think>' }}"),
	},
	{
		name: "thoughts cut from past answers",
		specials: ["<｜User｜>", "<｜Assistant｜>", "<｜end｜>", ...think],
		source:
			"{{ bos_token }}" +
			roles(
				"{{ '<｜User｜>' + m.content }}",
				"{% set c = m.content %}{% if '</think>' in c %}{% set c = c.split('</think>')[-1] %}{% endif %}{{ '<｜Assistant｜>' + c + '<｜end｜>' }}",
				"{{ m.content }}",
			) +
			go("{{ '<｜Assistant｜><think>\\n' }}"),
	},
	{
		name: "thoughts only where they are asked for",
		specials: ["<|u|>", "<|a|>", ...think],
		source:
			roles("{{ '<|u|>' + m.content }}", "{{ '<|a|></think>' + m.content }}") +
			go("{{ '<|a|>' }}{% if thinking %}{{ '<think>' }}{% else %}{{ '</think>' }}{% endif %}"),
	},
	{
		name: "thoughts as parts of a content",
		specials: ["[INST]", "[/INST]", "[THINK]", "[/THINK]", "[SYS]", "[/SYS]"],
		source:
			"{{ bos_token }}" +
			roles(
				"{{ '[INST]' + m.content + '[/INST]' }}",
				"{% if m.content is string %}{{ m.content }}{% else %}{% for b in m.content %}{% if b.type == 'thinking' %}{{ '[THINK]' + b.thinking + '[/THINK]' }}{% else %}{{ b.text }}{% endif %}{% endfor %}{% endif %}{{ eos_token }}",
				"{{ '[SYS]' + m.content + '[/SYS]' }}",
			),
	},
	{
		name: "channels",
		specials: ["<|start|>", "<|end|>", "<|message|>", "<|channel|>", "<|return|>"],
		thoughtField: "thinking",
		source:
			roles(
				"{{ '<|start|>user<|message|>' + m.content + '<|end|>' }}",
				"{% if m.thinking and loop.last %}{{ '<|start|>assistant<|channel|>analysis<|message|>' + m.thinking + '<|end|>' }}{% endif %}{{ '<|start|>assistant<|channel|>final<|message|>' + m.content + '<|end|>' }}",
				"{{ '<|start|>system<|message|>' + m.content + '<|end|>' }}",
			) + go("{{ '<|start|>assistant' }}"),
	},
	{
		name: "a channel with a name behind its token",
		specials: ["<|turn>", "<turn|>", "<|channel>", "<channel|>"],
		source:
			each(
				"{{ '<|turn>' + ('model' if m.role == 'assistant' else m.role) + '\\n' + m.content | trim + '<turn|>\\n' }}",
			) +
			go(
				"{{ '<|turn>model\\n' }}{% if not enable_thinking | default(false) %}{{ '<|channel>thought\\n<channel|>' }}{% endif %}",
			),
	},
	{
		name: "a recipient before the message",
		specials: ["<|start|>", "<|message|>", "<|eom|>", "<|eot|>"],
		thoughtField: "reasoning_content",
		source:
			roles(
				"{{ '<|start|>' + m.role + '<|message|>' + m.content + '<|eot|>' }}",
				"{% if m.reasoning_content %}{{ '<|start|>assistant to=self<|message|>' + m.reasoning_content + '<|eom|>' }}{% endif %}{{ '<|start|>assistant to=user<|message|>' + m.content + '<|eot|>' }}",
			) + go("{{ '<|start|>assistant' }}"),
	},
	{
		name: "thoughts in another model's marks",
		specials: ["<seed:think>", "</seed:think>", "<|t|>"],
		thoughtField: "reasoning_content",
		source:
			each(
				"{{ bos_token + m.role + '\\n' }}{% if m.reasoning_content %}{{ '<seed:think>' + m.reasoning_content + '</seed:think>\\n' }}{% endif %}{{ m.content + eos_token + '<|t|>' }}",
			) +
			go(
				"{{ bos_token + 'assistant\\n' }}{% if thinking_budget == 0 %}{{ '<seed:think>\\n</seed:think>' }}{% endif %}",
			),
	},
	{
		name: "marks that no other model has",
		specials: ["<|muse:in|>", "<|muse:out|>", "<|t|>"],
		thoughtField: "reasoning",
		source:
			each(
				"{{ '<|t|>' + m.role + ':' }}{% if m.reasoning %}{{ '<|muse:in|>' + m.reasoning + '<|muse:out|>' }}{% endif %}{{ m.content }}",
			) + go("{{ '<|t|>assistant:' }}"),
	},
];

/** Returns a vocabulary in which the texts are control tokens, except the marks of thoughts. */
export function vocabularyOf(specials: readonly string[]): Vocabulary {
	const texts = ["<s>", "</s>", ...specials];
	return {
		specials: texts
			.map((text, token) => ({ token, text, isControl: !/think/i.test(text) }))
			.sort((a, b) => b.text.length - a.text.length),
		bosText: "<s>",
		eosText: "</s>",
	};
}
