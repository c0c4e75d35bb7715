import { window } from "vscode";
import { describeFailure } from "../../wording/describeFailure";
import type { FailedAnswer } from "../chat/failedAnswer";
import { withoutLinks } from "../ui/notificationText";
import { UserError } from "../base/userError";
import { t } from "../../wording/localize";
import { shownTitle } from "../../wording/describeChat";

/**
 * Notifies the user that an answer failed in a chat that is not shown, and opens that chat on request. Settles when the
 * notification is closed.
 *
 * @param show shows the chat; returns `false` if it no longer exists
 * @throws {UserError} if the chat can no longer be opened
 */
export async function tellFailedAnswer(
	{ chatId, title, failure }: FailedAnswer,
	show: (chatId: string) => Promise<boolean>,
): Promise<void> {
	const shown = shownTitle(title);
	const sentence = t("No answer in “{0}”: {1}", shown, describeFailure(failure).sentence);
	const chosen = await window.showErrorMessage(withoutLinks(sentence), t("Open Chat"));
	if (chosen !== undefined && !(await show(chatId))) {
		throw new UserError(
			t(
				"“{0}” cannot be opened, because it was deleted or its file is unreadable. Files that cannot be read are at the end of the history.",
				shown,
			),
		);
	}
}
