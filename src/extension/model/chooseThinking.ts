import { ThemeIcon, window } from "vscode";
import type { Thinking, ThinkingAbility } from "../../protocol/chat/thinking";
import { pickerText } from "../ui/pickerText";
import { limitIn, objectionToLimit, thinkingChoices } from "./thinkingChoices";

/**
 * Asks how much a model is to think.
 *
 * @param name of the model
 * @returns a value for `localLlm.thinking`; `undefined` if none was chosen.
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
			title: "Thinking",
			placeHolder: pickerText(
				ability.canTurnOff
					? `How much ${name} thinks before it answers`
					: `How much ${name} thinks before it answers. It cannot be turned off.`,
			),
		},
	);
	return chosen?.value === "limit" ? askLimit(current) : chosen?.value;
}

async function askLimit(current: Thinking): Promise<number | undefined> {
	const text = await window.showInputBox({
		title: "Thinking Limit",
		prompt: "The most tokens that a thought may have, 1 to 131,072",
		value: typeof current === "number" ? String(current) : "",
		validateInput: objectionToLimit,
	});
	return text === undefined ? undefined : limitIn(text);
}
