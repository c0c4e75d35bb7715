import { commands } from "vscode";
import type { ChatActions } from "../view/dispatchIntent";
import type { WalkthroughStep } from "./walkthroughSteps";

/** Opens the walkthrough. */
export async function openFirstSteps(): Promise<void> {
	await commands.executeCommand(
		"workbench.action.openWalkthrough",
		"local-llm.local-llm-chatbot#getStarted",
	);
}

/** Marks a step of the walkthrough as done, through the context key that the step waits for. */
export function completeStep(step: WalkthroughStep): void {
	void commands.executeCommand("setContext", `localLlm.step.${step}`, true);
}

/** Returns the same actions; each one that is a step of the walkthrough completes it once it has succeeded. */
export function withFirstSteps(actions: ChatActions): ChatActions {
	const then =
		<A extends readonly unknown[]>(
			step: WalkthroughStep,
			action: (...args: A) => Promise<void> | void,
		): ((...args: A) => Promise<void>) =>
		async (...args) => {
			await action(...args);
			completeStep(step);
		};
	return {
		...actions,
		submit: then("firstMessage", actions.submit),
		attachSelection: then("sendCode", actions.attachSelection),
		saveSettings: then("settings", actions.saveSettings),
		openVsCodeSettings: then("settings", actions.openVsCodeSettings),
	};
}
