import { ThemeIcon, window } from "vscode";
import type { Thinking, ThinkingAbility } from "../../protocol/chat/thinking";
import { pickerText } from "../ui/pickerText";
import { limitIn, objectionToLimit, thinkingChoices } from "./thinkingChoices";
import { t } from "../../wording/localize";
import { formatCount } from "../../wording/format";
import { settingRanges } from "../../protocol/settingRanges";

/**
 * Asks how much a model should think.
 *
 * @param name the name of the model
 * @returns a value for `localLlm.thinking`; `undefined` if the user canceled
 */
export async function chooseThinking(
	name: string,
	ability: Extract<ThinkingAbility, { readonly kind: "thinks" }>,
	current: Thinking,
): Promise<Thinking | undefined> {
	const chosen = await window.showQuickPick(
		thinkingChoices(ability, current).map((choice) => ({
			...choice,
			iconPath: new ThemeIcon(choice.value === current ? "check" : "blank"),
		})),
		{
			title: t("Thinking"),
			placeHolder: pickerText(
				ability.canTurnOff
					? t("How much {0} thinks before it answers", name)
					: t("How much {0} thinks before it answers. Thinking cannot be turned off.", name),
			),
		},
	);
	return chosen?.value === "limit" ? askLimit(current) : chosen?.value;
}

async function askLimit(current: Thinking): Promise<number | undefined> {
	const { max: maxTokens } = settingRanges.thinkingTokens;
	const text = await window.showInputBox({
		title: t("Thinking Limit"),
		prompt: t("The largest number of tokens for thinking, 1 to {0}", formatCount(maxTokens)),
		value: typeof current === "number" ? String(current) : "",
		validateInput: objectionToLimit,
	});
	return text === undefined ? undefined : limitIn(text);
}
