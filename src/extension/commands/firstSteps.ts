import { commands, type Memento } from "vscode";
import type { UserIntent } from "../view/viewChannel";
import { walkthroughSteps, type WalkthroughStep } from "./walkthroughSteps";

/** The key of the completed steps in the extension's storage. */
const doneKey = "walkthroughSteps";

/** The intents that complete a step of the walkthrough. */
const stepOf: Partial<Record<UserIntent["type"], WalkthroughStep>> = {
	submit: "firstMessage",
	attachSelection: "sendCode",
	saveSettings: "settings",
	openVsCodeSettings: "settings",
};

/** The walkthrough, and which of its steps the user has completed. */
export class FirstSteps {
	readonly #memory: Memento;

	/** @param memory keeps the completed steps, for a walkthrough that is opened later */
	constructor(memory: Memento) {
		this.#memory = memory;
	}

	/** Opens the walkthrough with the completed steps checked. */
	async open(): Promise<void> {
		await commands.executeCommand(
			"workbench.action.openWalkthrough",
			"local-llm.local-llm-chatbot#getStarted",
		);
		const done = this.#done;
		await Promise.all(walkthroughSteps.filter((step) => done.includes(step)).map(check));
	}

	/** Completes a step. */
	async complete(step: WalkthroughStep): Promise<void> {
		const done = this.#done;
		if (!done.includes(step)) {
			await this.#memory.update(doneKey, [...done, step]);
			await check(step);
		}
	}

	/** Completes the step that an intent stands for, if any, once the intent has been performed. */
	async completeStepOf({ type }: UserIntent): Promise<void> {
		const step = stepOf[type];
		if (step) {
			await this.complete(step);
		}
	}

	get #done(): readonly unknown[] {
		const done = this.#memory.get<unknown>(doneKey);
		return Array.isArray(done) ? (done as unknown[]) : [];
	}
}

/**
 * Checks a step in the walkthrough, through the context key that completes it. The key is reset at once: VS Code (seen
 * in 1.139) never checks a step whose key was already true when it first read the walkthrough.
 */
async function check(step: WalkthroughStep): Promise<void> {
	await commands.executeCommand("setContext", `localLlm.step.${step}`, true);
	await commands.executeCommand("setContext", `localLlm.step.${step}`, false);
}
