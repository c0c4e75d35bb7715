import { describeThinking } from "../../wording/describeThinking";
import { settingRanges } from "../../protocol/settingRanges";
import type { Thinking, ThinkingAbility } from "../../protocol/chat/thinking";
import { t } from "../../wording/localize";
import { formatCount } from "../../wording/format";

/** The limits to choose from, in tokens: a few sentences, a page, several pages. */
const offeredLimits = [256, 1024, 4096];

/** An entry of the list: a value of `localLlm.thinking`, or "limit" to enter a number. */
export interface ThinkingChoice {
	readonly value: Thinking | "limit";
	readonly label: string;
	readonly description: string;
}

type Thinks = Extract<ThinkingAbility, { readonly kind: "thinks" }>;

/** Returns the choices for a model, and the present value even if it has no effect on the model. */
export function thinkingChoices(ability: Thinks, current: Thinking): readonly ThinkingChoice[] {
	const limits = ability.canEnd
		? [...new Set([...offeredLimits, ...(typeof current === "number" ? [current] : [])])]
		: [];
	const choices: readonly ThinkingChoice[] = [
		choice(
			"auto",
			ability.byDefault
				? t("This model thinks by default")
				: t("This model does not think by default"),
		),
		choice("on", t("Think before each answer")),
		...limits.sort((a, b) => a - b).map((tokens) => choice(tokens, "")),
		...(ability.canEnd
			? [{ value: "limit", label: t("Other Limit…"), description: t("In tokens") } as const]
			: []),
		...(ability.canTurnOff ? [choice("off", t("Answer without thinking"))] : []),
	];
	return choices.some(({ value }) => value === current)
		? choices
		: [...choices, choice(current, t("Has no effect on this model"))];
}

function choice(value: Thinking, description: string): ThinkingChoice {
	return { value, label: describeThinking(value), description };
}

/** Returns why `text` is not a limit in tokens; `undefined` if it is one. */
export function objectionToLimit(text: string): string | undefined {
	const { max } = settingRanges.thinkingTokens;
	return limitIn(text) === undefined
		? t("Enter a whole number of tokens, 1 to {0}.", formatCount(max))
		: undefined;
}

/** Returns the limit that `text` states, such as "1000" or "1,000"; `undefined` if it states none. */
export function limitIn(text: string): number | undefined {
	const digits = text.trim().replace(/(?<=\d)[,._\s](?=\d{3}(?:\D|$))/g, "");
	const tokens = /^\d{1,6}$/.test(digits) ? Number(digits) : 0;
	const { min, max } = settingRanges.thinkingTokens;
	return tokens >= min && tokens <= max ? tokens : undefined;
}
