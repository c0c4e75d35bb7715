/** The marks before and after a thought. */
export interface ThoughtMarks {
	readonly open: string;
	readonly close: string;
}

/** The thought marks of known models, for templates that do not show their own. */
export const knownThoughtMarks: readonly ThoughtMarks[] = [
	{ open: "<think>", close: "</think>" },
	{ open: "<thinking>", close: "</thinking>" },
	{ open: "<thought>", close: "</thought>" },
	{ open: "<reasoning>", close: "</reasoning>" },
	{ open: "<seed:think>", close: "</seed:think>" },
	{ open: "<mm:think>", close: "</mm:think>" },
	{ open: "[THINK]", close: "[/THINK]" },
	{ open: "◁think▷", close: "◁/think▷" },
	{ open: "<|START_THINKING|>", close: "<|END_THINKING|>" },
	{ open: "<|begin_of_thought|>", close: "<|end_of_thought|>" },
	{ open: "<|inner_prefix|>", close: "<|inner_suffix|>" },
	{ open: "<|channel>thought", close: "<channel|>" },
	{ open: "<unused94>thought", close: "<unused95>" },
	{ open: "Here are my reasoning steps:", close: "[BEGIN FINAL RESPONSE]" },
];
