import type { RunAction } from "../base/runAction";
import { window } from "vscode";
import { describeError, type Log } from "../base/log";
import { withoutLinks } from "../ui/notificationText";
import { isUserError } from "../base/userError";
import { failureIn } from "../../protocol/failureError";
import { t } from "../../wording/localize";

/**
 * Returns the single top-level handler for commands and for intents of the views.
 *
 * @param showLog opens the log, if the user asks for it
 */
export function createActionRunner(log: Log, showLog: () => void): RunAction {
	return async (action, tell) => {
		try {
			await action();
		} catch (error) {
			if (isUserError(error) && tell?.(error.message)) {
				return;
			}
			// Not awaited: a notification stays until the user closes it.
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
		? (await import("../composition/onDemand")).onDemand.describeFailure(failure).sentence
		: t("Something went wrong in Local LLM Chatbot. The log has the details.");
	const chosen = await window.showErrorMessage(withoutLinks(sentence), t("Show Log"));
	if (chosen) {
		showLog();
	}
}
