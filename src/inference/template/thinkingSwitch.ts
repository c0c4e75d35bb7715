import type { Thinking } from "../../protocol/chat/thinking";

/** Variables of templates that decide whether a model thinks. */
export type TemplateVariables = Readonly<Record<string, unknown>>;

/** What is tried, in this order; a template heeds at most one or two, and raises what it does not know. */
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

/** @returns the variables that a template's text names, of those that are tried. */
export function namedSwitches(source: string, to: "on" | "off"): readonly TemplateVariables[] {
	return switches[to].filter((variables) =>
		Object.keys(variables).every((name) => new RegExp(`\\b${name}\\b`).test(source)),
	);
}

/** @returns a budget in the terms of the templates that tell the model. */
export function budgetVariables(source: string, thinking: Thinking): TemplateVariables {
	return typeof thinking === "number" && /\bthinking_budget\b/.test(source)
		? { thinking_budget: thinking }
		: {};
}
