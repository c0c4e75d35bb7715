import { window } from "vscode";
import { describeError, type Log } from "./log";
import { withoutLinks } from "./notificationText";
import { isUserError } from "./userError";
import { failureIn } from "../protocol/failureError";
import { t } from "../wording/localize";

/**
 * Carries out what a person asked for. It never rejects: what fails is told in a sentence.
 *
 * `tell` shows a sentence where the person asked, and returns whether it could; a notification shows it otherwise.
 */
export type RunAction = (
	action: () => Promise<void> | void,
	tell?: (sentence: string) => boolean,
) => Promise<void>;

/**
 * @param showLog opens the log for the person, who is asked first
 * @returns the one top-level handler of commands and of what is done in a view.
 */
export function createActionRunner(log: Log, showLog: () => void): RunAction {
	return async (action, tell) => {
		try {
			await action();
		} catch (error) {
			if (isUserError(error) && tell?.(error.message)) {
				return;
			}
			// Not awaited: a notification stays for as long as the person leaves it there.
			void show(error, log, showLog);
		}
	};
}

async function show(error: unknown, log: Log, showLog: () => void): Promise<void> {
	if (isUserError(error)) {
		await window.showWarningMessage(withoutLinks(error.message));
		return;
	}
	const failure = failureIn(error);
	if (!failure) {
		log.error(describeError(error));
	}
	const sentence = failure
		? (await import("./onDemand")).describeFailure(failure).sentence
		: t("Something went wrong in Local LLM Chatbot. The log has the details.");
	const chosen = await window.showErrorMessage(withoutLinks(sentence), t("Show Log"));
	if (chosen) {
		showLog();
	}
}
