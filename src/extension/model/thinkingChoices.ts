import { describeThinking } from "../../wording/describeThinking";
import { settingRanges } from "../../protocol/settingRanges";
import type { Thinking, ThinkingAbility } from "../../protocol/chat/thinking";

/** Limits that are offered, in tokens: a few sentences, a page, several pages. */
const offeredLimits = [256, 1024, 4096];

/** A line of the list: a value of `localLlm.thinking`, or "limit" to be asked for a number. */
export interface ThinkingChoice {
	readonly value: Thinking | "limit";
	readonly label: string;
	readonly description: string;
}

type Thinks = Extract<ThinkingAbility, { readonly kind: "thinks" }>;

/** @returns what can be chosen for a model, and the present value even if it has no effect there. */
export function thinkingChoices(ability: Thinks, current: Thinking): readonly ThinkingChoice[] {
	const limits = ability.canEnd
		? [...new Set([...offeredLimits, ...(typeof current === "number" ? [current] : [])])]
		: [];
	const choices: readonly ThinkingChoice[] = [
		choice(
			"auto",
			ability.byDefault ? "This model thinks by default" : "This model does not think by default",
		),
		choice("on", "Think before each answer"),
		...limits.sort((a, b) => a - b).map((tokens) => choice(tokens, "")),
		...(ability.canEnd
			? [{ value: "limit", label: "Other Limit…", description: "In tokens" } as const]
			: []),
		...(ability.canTurnOff ? [choice("off", "Answer without thinking")] : []),
	];
	return choices.some(({ value }) => value === current)
		? choices
		: [...choices, choice(current, "Has no effect on this model")];
}

function choice(value: Thinking, description: string): ThinkingChoice {
	return { value, label: describeThinking(value), description };
}

/** @returns why `text` is no limit in tokens; `undefined` if it is one. */
export function objectionToLimit(text: string): string | undefined {
	return limitIn(text) === undefined ? "Enter a whole number of tokens, 1 to 131,072." : undefined;
}

/** @returns the limit that `text` gives: "1000", "1,000". */
export function limitIn(text: string): number | undefined {
	const digits = text.trim().replace(/(?<=\d)[,._\s](?=\d{3}(?:\D|$))/g, "");
	const tokens = /^\d{1,6}$/.test(digits) ? Number(digits) : 0;
	const { min, max } = settingRanges.thinkingTokens;
	return tokens >= min && tokens <= max ? tokens : undefined;
}
