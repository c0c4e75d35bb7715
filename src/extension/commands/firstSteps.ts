import { commands } from "vscode";
import type { UserIntent } from "../view/viewChannel";
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

/** The intents that are a step of the walkthrough. */
const steps: Partial<Record<UserIntent["type"], WalkthroughStep>> = {
	submit: "firstMessage",
	attachSelection: "sendCode",
	saveSettings: "settings",
	openVsCodeSettings: "settings",
};

/** Completes the step of the walkthrough that an intent is, once it has been carried out. */
export function completeStepOf({ type }: UserIntent): void {
	const step = steps[type];
	if (step) {
		completeStep(step);
	}
}
