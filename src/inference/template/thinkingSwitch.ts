import type { Thinking } from "../../protocol/chat/thinking";

/** Template variables that control thinking. */
export type TemplateVariables = Readonly<Record<string, unknown>>;

/**
 * The variables to try, in order. A template uses at most one or two of them, and raises an error for unknown values.
 */
const switches: Readonly<Record<"on" | "off", readonly TemplateVariables[]>> = {
	off: [
		{ enable_thinking: false },
		{ thinking: false },
		{ thinking_mode: "disabled" },
		{ thinking_mode: "chat" },
		{ thinking_budget: 0 },
		{ reasoning: false },
		{ reasoning_effort: "none" },
		{ reasoning_effort: "no_think" },
		{ reasoning_effort: "minimal" },
		{ reasoning_effort: "low" },
	],
	on: [
		{ enable_thinking: true },
		{ thinking: true },
		{ thinking_mode: "enabled" },
		{ thinking_mode: "thinking" },
		{ reasoning: true },
		{ reasoning_effort: "high" },
	],
};

/** Returns the switches whose variables appear in a template's source. */
export function namedSwitches(source: string, to: "on" | "off"): readonly TemplateVariables[] {
	return switches[to].filter((variables) =>
		Object.keys(variables).every((name) => new RegExp(`\\b${name}\\b`).test(source)),
	);
}

/** Returns the variables that tell a model its thinking budget. */
export function budgetVariables(source: string, thinking: Thinking): TemplateVariables {
	return typeof thinking === "number" && /\bthinking_budget\b/.test(source)
		? { thinking_budget: thinking }
		: {};
}
